// Collects the licences of everything that is compiled into the kustomize engine: its Go modules and Go itself. Apache-2.0, BSD and MIT
// ask that their texts and notices come with it. With --check it only compares; without Go it says so and succeeds.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { writeGenerated } from './write-generated.ts';

const ENGINE = fileURLToPath(new URL('../engine/', import.meta.url));
const LEGAL = /^(licen[cs]e|notice|copying|patents|authors|copyright)(\.(?!go$)|$)/i;
const RULE = '='.repeat(80);

/** A legal text and where it stands: `<module> <version>: <file>`. */
interface Legal {
  readonly place: string;
  readonly text: string;
}

interface GoPackage {
  readonly Dir: string;
  readonly Module?: { readonly Path: string; readonly Version?: string; readonly Dir: string; readonly Main?: boolean };
}

function go(...args: readonly string[]): string {
  const env = { GOOS: 'wasip1', GOARCH: 'wasm', GOWORK: 'off', GOFLAGS: '-mod=readonly', CGO_ENABLED: '0' };
  return execaSync('go', args, { cwd: ENGINE, env, maxBuffer: 1 << 28 }).stdout;
}

/** The packages that are linked in, with their modules; Go's own have none. */
function linkedPackages(): readonly GoPackage[] {
  const objects = go('list', '-deps', '-json=Dir,Module', '.').split(/^}$/m);
  return objects.filter((text) => text.trim() !== '').map((text) => JSON.parse(`${text}}`) as GoPackage);
}

/** Legal files in the package's folder and in all above it, up to its module's: forks inside a module bring their own. */
function legalFilesOf({ Dir, Module }: GoPackage): readonly Legal[] {
  if (!Module || Module.Main === true) return [];
  const found: Legal[] = [];
  for (let folder = Dir; folder.startsWith(Module.Dir); folder = dirname(folder)) {
    const name = `${Module.Path} ${Module.Version ?? ''}`;
    found.push(...readLegal(folder).map(({ file, text }) => ({ place: `${name}: ${relative(Module.Dir, join(folder, file))}`, text })));
  }
  return found;
}

function readLegal(folder: string): readonly { readonly file: string; readonly text: string }[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && LEGAL.test(entry.name));
  return files.map(({ name }) => ({ file: name, text: `${readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim()}\n` }));
}

function collect(): readonly Legal[] {
  const packages = linkedPackages();
  const modules = new Set(
    packages.flatMap(({ Module }) => (Module && Module.Main !== true ? [`${Module.Path} ${Module.Version ?? ''}`] : [])),
  );
  const all = packages.flatMap(legalFilesOf);
  const without = [...modules].filter((module) => !all.some(({ place }) => place.startsWith(`${module}: `)));
  if (without.length > 0) throw new Error(`No licence was found for ${without.join(', ')}`);
  const version = go('env', 'GOVERSION').trim();
  const goItself = readLegal(go('env', 'GOROOT').trim()).map(({ file, text }) => ({
    place: `Go ${version.replace(/^go/, '')}: ${file}`,
    text,
  }));
  return [...all, ...goItself];
}

/** Each text once, below all places where it stands. */
function print(legal: readonly Legal[]): string {
  const places = new Map<string, Set<string>>();
  for (const { place, text } of legal) places.set(text, (places.get(text) ?? new Set()).add(place));
  const sections = [...places].map(([text, where]) => `${[...where].sort().join('\n')}\n\n${text}`);
  const head = 'kustomize.wasm.br contains kustomize and the Go modules below. Their licences and notices:\n';
  return [head, ...sections.sort()].join(`\n${RULE}\n`);
}

if (execaSync('go', ['version'], { reject: false }).exitCode === 0) {
  await writeGenerated(new Map([['engine/THIRD_PARTY_LICENSES.txt', print(collect())]]));
} else console.log('Go is not installed: the licences of what the engine contains were not compared');
