import { printable } from './printable.ts';
import { hideSecrets } from './secret-shapes.ts';

/**
 * Whether two addresses are those of one repository: by host and path, because one person clones over HTTPS what another clones over SSH. Names of
 * hosts have no case; a `.git` at the end says nothing.
 */
export function isSameRepository(one: string, other: string): boolean {
  return one === other || (placeOf(one) !== undefined && placeOf(one) === placeOf(other));
}

/** `host/path`; `undefined` for what is no address of another machine. */
function placeOf(address: string): string | undefined {
  const url = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:]+)(?::([0-9]+))?\/(.+)$/.exec(address);
  const scp = url ? undefined : /^(?:[^/@:]+@)?([^/@:]+):(?!\/\/)(.+)$/.exec(address);
  const [host, port, path] = url ? [url[1], url[2], url[3]] : [scp?.[1], undefined, scp?.[2]];
  if (host === undefined || path === undefined) return undefined;
  const isUsual = port === undefined || USUAL.has(port);
  return `${host.toLowerCase()}${isUsual ? '' : `:${port}`}/${path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')}`;
}

/** Those of HTTPS, HTTP and SSH. */
const USUAL: ReadonlySet<string> = new Set(['22', '80', '443']);

/** An address as it may be shown: without what stands before `@`, which may be a token (but for a plain `git`), and without query. */
export function showAddress(address: string): string {
  const bare = address.replace(/^((?:[A-Za-z][A-Za-z0-9+.-]*:\/+|\/\/+)?)(?!git@[^@/]*(?:[:/]|$))[^/]*@/, '$1').replace(/[?#].*$/s, '');
  return printable(hideSecrets(bare)).slice(0, LONGEST);
}

const LONGEST = 300;
