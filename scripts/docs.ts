/** Makes docs/reference/ from the API's schemas and docs/diagnostics/ from the catalogue and its samples. `--check` only compares. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue } from '../generator/diagnostics/catalogue.ts';
import type { Entry } from '../generator/diagnostics/entry.ts';
import { sortBy } from '../generator/lib/order.ts';
import { diagnosticIndex, diagnosticPage, type PageInput, type PageSample } from './diagnostic-page.ts';
import { referencePage, type Schema } from './reference-page.ts';
import { writeGenerated } from './write-generated.ts';

const ROOT = new URL('../', import.meta.url).pathname;

async function referencePages(): Promise<readonly (readonly [string, string])[]> {
  const folder = join(ROOT, 'api/v1alpha1');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.schema.json')).sort();
  const schemas = new Map<string, Schema>();
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    schemas.set(name, JSON.parse(text.replaceAll('"#/definitions/', `"${name}#/definitions/`)) as Schema);
  }
  const kinds = names.filter((name) => name !== 'common.schema.json' && name !== 'intent.schema.json');
  return kinds.map((name) => [`docs/reference/${name.replace('.schema.json', '.md')}`, pageOf(name, schemas)] as const);
}

function pageOf(name: string, schemas: ReadonlyMap<string, Schema>): string {
  const root = schemas.get(name) ?? {};
  return referencePage(root, (ref) => {
    const [file = '', pointer = ''] = ref.split('#/definitions/');
    const found = schemas.get(file)?.definitions?.[pointer];
    if (!found) throw new Error(`${name}: cannot resolve ${ref}`);
    return found;
  });
}

/** What belongs to the harness rather than to the repository that the sample shows. */
const HARNESS = new Set(['expected.txt', 'also.txt', 'arguments.txt', 'prepare.mjs']);

async function readSample(code: string): Promise<PageSample | undefined> {
  const folder = join(ROOT, 'test/diagnostics', code);
  const read = (path: string): Promise<string | undefined> => readFile(join(folder, path), 'utf8').catch(() => undefined);
  const expected = await read('expected.txt');
  if (expected === undefined) return undefined;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const files = new Map<string, string>();
  for (const path of paths.filter((name) => !HARNESS.has(name)).sort()) files.set(path, (await read(path)) ?? '');
  // The script begins with what it brings about.
  const circumstance = /^\/\/ (.*)/.exec((await read('prepare.mjs')) ?? '')?.[1];
  return { files, circumstance, command: (await read('arguments.txt'))?.trim() ?? 'generate --dry-run', expected };
}

async function diagnosticInputs(): Promise<readonly PageInput[]> {
  const entries = sortBy(Object.entries(catalogue) as readonly [string, Entry<never>][], ([code]) => code);
  return Promise.all(
    entries.map(async ([code, { severity, title, explain }]) => ({ code, severity, title, explain, sample: await readSample(code) })),
  );
}

const pages = await diagnosticInputs();
await writeGenerated(
  new Map([
    ...(await referencePages()),
    ...pages.map((page) => [`docs/diagnostics/${page.code}.md`, diagnosticPage(page)] as const),
    ['docs/diagnostics/README.md', diagnosticIndex(pages)] as const,
  ]),
  ['docs/reference', 'docs/diagnostics'],
);
