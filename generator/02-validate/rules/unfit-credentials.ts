import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { gitCredentials } from '../../lib/git-credentials.ts';
import { showPath } from '../../lib/json-path.ts';
import { isSecretKey } from '../../lib/secret-shapes.ts';
import type { Rule } from '../draft.ts';

/** Stores that hold their secrets themselves, in the open. */
const OPEN: ReadonlySet<string> = new Set(['fake']);

/** What an ExternalSecret fetches must be one way to sign in, and one that goes with the address. */
export const unfitCredentials: Rule = ({ syncObjects }) =>
  syncObjects.flatMap(({ value: { metadata, spec }, at }) => {
    const { git } = spec;
    if (!git?.secretRef?.external) return [];
    const { provider } = git.secretRef.external;
    const place = ['spec', 'git', 'secretRef', 'external'];
    const open = Object.keys(provider ?? {}).filter((name) => OPEN.has(name));
    const credentials = gitCredentials(git);
    const unfit = [
      ...(typeof credentials === 'string' ? [{ path: [...place, 'properties'], reason: credentials }] : []),
      ...open.map((name) => ({
        path: [...place, 'provider', name],
        reason: `a store of the kind "${name}" holds its secrets in the open`,
      })),
    ];
    return [
      ...unfit.map(({ path, reason }) =>
        diagnose('unfit-credentials', { name: metadata.name, reason }, { source: at(path, 'key'), reach: RUN }),
      ),
      ...valuesIn(provider).map((path) => {
        const whole = [...place, 'provider', ...path];
        return diagnose('literal-secret', { field: showPath(whole), what: WHAT }, { source: at(whole), reach: RUN });
      }),
    ];
  });

const WHAT = 'a credential, where a reference to one belongs';

/** Where a store has a text under a key such as `password`: what refers to a credential is a mapping. */
function valuesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value === 'string') return isSecretKey(path.at(-1) ?? '') ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => valuesIn(member, [...path, key]));
}
