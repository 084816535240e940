import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../', import.meta.url);

/** Writes generated files, by path below the repository's root; with `--check` only compares and sets the exit code. Files in `folders` that nobody generates any more are removed. */
export async function writeGenerated(files: ReadonlyMap<string, string>, folders: readonly string[] = []): Promise<void> {
  const isCheck = process.argv.includes('--check');
  const stale: string[] = [];
  for (const [path, text] of files) {
    const url = new URL(path, ROOT);
    if ((await readFile(url, 'utf8').catch(() => undefined)) === text) continue;
    stale.push(path);
    if (isCheck) continue;
    await mkdir(dirname(fileURLToPath(url)), { recursive: true });
    await writeFile(url, text);
  }
  for (const folder of folders) {
    for (const name of await readdir(new URL(`${folder}/`, ROOT)).catch(() => [])) {
      if (files.has(`${folder}/${name}`)) continue;
      stale.push(`${folder}/${name}`);
      if (!isCheck) await rm(new URL(`${folder}/${name}`, ROOT));
    }
  }
  if (!isCheck || stale.length === 0) return;
  console.error(`Out of date: ${stale.join(', ')}\nRun \`npm run codegen\` and commit the result.`);
  process.exitCode = 1;
}
