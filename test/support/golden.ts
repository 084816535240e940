import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

/** Compares files with those of a golden folder, one by one. UPDATE_GOLDEN=1 writes the folder anew, for review. */
export function expectGolden(folder: string, files: ReadonlyMap<string, string>): void {
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeGolden(folder, files);
  const golden = readGolden(folder);
  expect([...files.keys()].sort()).toEqual([...golden.keys()].sort());
  for (const [path, content] of golden) expect(files.get(path), path).toBe(content);
}

function readGolden(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]));
}

function writeGolden(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
