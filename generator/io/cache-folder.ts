import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The folder that builds are remembered in; `undefined` where the user has no home to put it in, as in some containers: then nothing is
 * remembered. Source: XDG Base Directory Specification, where empty and relative paths count as unset.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const { ESPALIER_CACHE_DIR: own, XDG_CACHE_HOME: shared } = environment;
  if (own !== undefined && own !== '') return own;
  if (shared !== undefined && isAbsolute(shared)) return join(shared, 'espalier');
  const home = homeFolder();
  return home === undefined ? undefined : join(home, '.cache', 'espalier');
}

/** Node takes an empty HOME for a home, and throws for a user that the system does not know. */
function homeFolder(): string | undefined {
  try {
    const home = homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}
