import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = new URL('../../', import.meta.url).pathname;
const SOURCE = join(ROOT, 'generator');
const BUILT = join(ROOT, 'dist/main.js');

/** How tests start the program: as `npm test` has built it, which is sooner there, or from its source where that was changed since. */
export const PROGRAM: readonly string[] = isCurrent() ? [BUILT] : ['--import', import.meta.resolve('tsx'), join(SOURCE, 'main.ts')];

function isCurrent(): boolean {
  if (!existsSync(BUILT)) return false;
  const { mtimeMs } = statSync(BUILT);
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  );
  return files.every((path) => statSync(join(SOURCE, path)).mtimeMs <= mtimeMs);
}
