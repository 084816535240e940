/**
 * Prints, as its last line, the helm programs for tests to vendor charts with, one of each major version, joined by `:`; builds them where Go is
 * present, outside of the clone. Nothing: there is none.
 */
import { access, constants, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { findProgram } from '../test/e2e/rig.ts';

const MODULES = [
  ['v4.3.1', 'helm.sh/helm/v4/cmd/helm'],
  ['v3.22.0', 'helm.sh/helm/v3/cmd/helm'],
] as const;

async function isThere(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function build([version, module]: (typeof MODULES)[number]): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'espalier', `helm-${version}`);
  const program = join(folder, 'helm');
  if (await isThere(program)) return program;
  await mkdir(folder, { recursive: true });
  console.error(`building helm ${version} ...`);
  const env = { CGO_ENABLED: '0', GOBIN: folder };
  await execa('go', ['install', '-trimpath', '-ldflags=-s -w', `${module}@${version}`], { env, stdout: 'ignore', stderr: 'inherit' });
  return program;
}

const programs: string[] = [];
if ((await findProgram('go')) !== undefined) for (const module of MODULES) programs.push(await build(module));
const own = programs.length > 0 ? undefined : await findProgram('helm');
if (own !== undefined) programs.push(own);
if (programs.length === 0) console.error('No helm program and no Go to build one: charts are not vendored in the tests');
console.log(programs.join(delimiter));
