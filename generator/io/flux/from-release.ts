import { download, type Downloaded, type DownloadOptions } from '../download.ts';
import { checksumOf, sha256Of } from './checksums.ts';
import { failed, LARGEST, type Obtained, toText } from './obtained.ts';

/** Where Flux's releases are. */
export const RELEASES = 'https://github.com/fluxcd/flux2/releases/download';

const MANIFESTS = 'install.yaml';

/** The manifests of a release, held to its checksums. `base`: Flux's own releases, or a mirror that has the same paths. */
export async function fromRelease(base: string, version: string, options: DownloadOptions): Promise<Obtained> {
  const folder = `${base.replace(/\/+$/, '')}/v${version}`;
  const checksumsName = `flux_${version}_checksums.txt`;
  const checksums = await download(`${folder}/${checksumsName}`, { ...options, largest: LARGEST });
  if (!checksums.ok) return failed(whyNot(checksumsName, checksums));
  const expected = checksumOf(MANIFESTS, new TextDecoder().decode(checksums.bytes));
  if (expected === undefined) return failed(`${checksumsName} does not name ${MANIFESTS}`);
  const manifests = await download(`${folder}/${MANIFESTS}`, { ...options, largest: LARGEST });
  if (!manifests.ok) return failed(whyNot(MANIFESTS, manifests));
  const found = sha256Of(manifests.bytes);
  if (found !== expected) return { kind: 'wrong-checksum', file: MANIFESTS, expected, found };
  return toText(manifests.bytes, `${withoutSecrets(folder)}/${MANIFESTS}`);
}

/** The file is named where a server spoke about it. */
function whyNot(file: string, { reason, isUnreached }: Exclude<Downloaded, { ok: true }>): string {
  return isUnreached === true ? reason : `${file}: ${reason}`;
}

/** An address to be committed: without user, password and query. */
function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
