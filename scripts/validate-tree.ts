/**
 * Judges a rendered tree with the real tools: every kustomization builds, every instance folder builds to exactly its own files' objects, every
 * object is valid against its schema. `--root DIR`: the folder that holds clusters/. A tool that is neither in the environment
 * (ESPALIER_KUSTOMIZE, ESPALIER_SCHEMAS) nor in PATH is built where Go is present; otherwise its checks are skipped with a notice.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { execa } from 'execa';
import { parseYaml } from '../generator/lib/yaml/parse.ts';
import { compareText } from '../generator/lib/order.ts';
import type { Json } from '../generator/model/json.ts';
import { buildRig, findProgram } from '../test/e2e/rig.ts';

const REPOSITORY = fileURLToPath(new URL('../', import.meta.url));
const KUSTOMIZATION = 'kustomization.yaml';
const BATCH = 200;

interface Tally {
  readonly what: string;
  readonly passed: number;
  readonly failures: readonly string[];
}

interface KubeconformReport {
  readonly resources: readonly {
    readonly filename: string;
    readonly kind: string;
    readonly name: string;
    readonly status: string;
    readonly msg: string;
  }[];
  readonly summary: { readonly valid: number; readonly invalid: number; readonly errors: number; readonly skipped: number };
}

async function findTool(name: string, part: string): Promise<string | undefined> {
  const path = await findProgram(name);
  if (path !== undefined || (await findProgram('go')) === undefined) return path;
  await buildRig([part]);
  return await findProgram(name);
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** All files below `root`, relative to it, sorted. */
async function listFiles(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  return files.sort(compareText);
}

/** The objects of a YAML text, in an order of their own. */
function objectsOf(text: string): readonly Json[] {
  const { documents, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`${problem.line}:${problem.column}: ${problem.message}`);
  const objects = documents.map((document) => document.value).filter((value) => value !== null);
  const keyed = objects.map((object) => ({ object, key: JSON.stringify(object, ['apiVersion', 'kind', 'metadata', 'name', 'namespace']) }));
  return keyed.sort((a, b) => compareText(a.key, b.key)).map(({ object }) => object);
}

async function ownObjects(folder: string): Promise<readonly Json[]> {
  const names = (await readdir(folder)).filter((name) => name !== KUSTOMIZATION);
  const texts = await Promise.all(names.map(async (name) => await readFile(join(folder, name), 'utf8')));
  return objectsOf(texts.map((text) => text.replace(/\n?$/, '\n')).join('---\n'));
}

/** Builds one folder; a finding, or nothing. */
async function buildFinding(kustomize: string, folder: string): Promise<string | undefined> {
  const result = await execa(kustomize, ['build', folder], { reject: false });
  if (result.exitCode !== 0) return result.stderr;
  if (!folder.includes('/context/')) return undefined;
  const [built, own] = [objectsOf(result.stdout), await ownObjects(folder)];
  return isDeepStrictEqual(built, own) ? undefined : `builds to other objects than its files hold (${built.length} and ${own.length})`;
}

async function checkBuilds(root: string, kustomize: string): Promise<Tally> {
  const folders = (await listFiles(root))
    .filter((path) => path.endsWith(`/${KUSTOMIZATION}`))
    .map((path) => path.slice(0, -KUSTOMIZATION.length - 1));
  const waiting = [...folders];
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const finding = await buildFinding(kustomize, join(root, folder));
      if (finding !== undefined) failures.push(`${folder}: ${finding}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const instances = folders.filter((folder) => folder.includes('/context/')).length;
  const what = `kustomize builds ${folders.length} folders, ${instances} of them instances, to exactly their files' objects`;
  return { what, passed: folders.length - failures.length, failures: failures.sort(compareText) };
}

async function checkSchemas(root: string, tools: { readonly kubeconform: string; readonly schemas: string }): Promise<Tally> {
  const isObject = (path: string): boolean =>
    path.endsWith('.yaml') &&
    !path.endsWith(KUSTOMIZATION) &&
    !/^decisions\/|^[^/]+\/(?:status\/|argocd\/hub\/|google\/(?:apply-spec|membership)\.yaml$)/.test(path);
  const files = (await listFiles(root)).filter(isObject);
  const locations = ['{{.Group}}', 'core'].flatMap((group) => [
    '-schema-location',
    `${tools.schemas}/${group}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json`,
  ]);
  const failures: string[] = [];
  let passed = 0;
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files.slice(start, start + BATCH);
    const result = await execa(tools.kubeconform, ['-strict', '-summary', '-output', 'json', ...locations, ...batch], {
      cwd: root,
      reject: false,
    });
    const report = JSON.parse(result.stdout) as KubeconformReport;
    passed += report.summary.valid;
    failures.push(...report.resources.map(({ filename, kind, name, msg }) => `${filename}: ${kind} ${name}: ${msg}`));
  }
  return { what: `kubeconform -strict judges ${passed + failures.length} objects in ${files.length} files`, passed, failures };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { root: { type: 'string', default: REPOSITORY } } });
  const root = join(resolve(values.root), 'clusters');
  if (!(await isFolder(root))) throw new Error(`no folder clusters/ in "${values.root}": run \`npm run generate\` first`);
  const tallies: Tally[] = [];

  const kustomize = process.env['ESPALIER_KUSTOMIZE'] ?? (await findTool('kustomize', 'kustomize'));
  if (kustomize === undefined) console.log('skipped: no kustomize 5.8.1 in ESPALIER_KUSTOMIZE or PATH, and no Go to build it with');
  else tallies.push(await checkBuilds(root, kustomize));

  const schemas = process.env['ESPALIER_SCHEMAS'] ?? resolve(REPOSITORY, '../shared/schemas');
  const kubeconform = (await isFolder(schemas)) ? await findTool('kubeconform', 'kubeconform') : undefined;
  if (kubeconform === undefined) console.log('skipped: no kubeconform in PATH, no Go to build it with, or no schemas in ESPALIER_SCHEMAS');
  else tallies.push(await checkSchemas(root, { kubeconform, schemas }));

  for (const { what, failures } of tallies) console.log([what, ...failures.map((failure) => `  FAILED ${failure}`)].join('\n'));
  const failed = tallies.reduce((sum, { failures }) => sum + failures.length, 0);
  console.log(`${tallies.reduce((sum, { passed }) => sum + passed, 0)} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

await main();
