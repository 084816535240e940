// `npm version` runs this between raising the version and committing: the changelog's "Unreleased" gets version and date, and the
// upgrade test's fixture becomes the tree of this version. With --fixture only the latter: to begin from today's output before the first release.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import packageJson from '../package.json' with { type: 'json' };
import { findFixture } from '../test/upgrade/fixture.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CHANGELOG = join(ROOT, 'CHANGELOG.md');
const UNRELEASED = /^## Unreleased$/m;

function dateChangelog(version: string): void {
  const text = readFileSync(CHANGELOG, 'utf8');
  if (!UNRELEASED.test(text)) throw new Error('CHANGELOG.md has no section "## Unreleased": there is nothing to release');
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(CHANGELOG, text.replace(UNRELEASED, `## ${version} (${today})`));
}

/** Keeps the inputs, and renders them into an empty tree. */
function renewFixture(version: string): void {
  const { folder } = findFixture();
  const place = join(ROOT, 'test/upgrade', version);
  if (folder !== place) renameSync(folder, place);
  rmSync(join(place, 'clusters'), { recursive: true, force: true });
  execaSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' });
  execaSync(execPath, [join(ROOT, 'dist/main.js'), 'generate', '--no-cache', '--root', place], { stdio: 'inherit' });
  if (!existsSync(join(place, 'clusters'))) throw new Error(`${place} was not rendered`);
}

if (!argv.includes('--fixture')) dateChangelog(packageJson.version);
renewFixture(packageJson.version);
