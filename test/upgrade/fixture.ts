import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `test/upgrade/<version>/`: inputs and the tree that the last release made of them. Before the first release, the version to be. */
export interface Fixture {
  readonly version: string;
  readonly folder: string;
}

export function findFixture(): Fixture {
  const versions = readdirSync(import.meta.dirname).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
  const [version, ...others] = versions;
  if (version === undefined || others.length > 0)
    throw new Error(`test/upgrade/ must hold one version, not ${versions.join(', ') || 'none'}`);
  return { version, folder: join(import.meta.dirname, version) };
}

/** The tree's files, by path below the fixture. */
export function readClusters({ folder }: Fixture): ReadonlyMap<string, string> {
  const entries = readdirSync(join(folder, 'clusters'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/'),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
