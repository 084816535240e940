import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFleet, type Ended, type Fleet } from '../cli/espalier.ts';
import { expectGolden } from '../support/golden.ts';

// Whole imports of repositories of Flux and Argo CD: what is written, what is said, and that what runs is given to the clusters as it is.

const FIXTURES = new URL('../fixtures/gitops/', import.meta.url).pathname;
const SCHEMA = JSON.parse(readFileSync(new URL('../../api/json-output.schema.json', import.meta.url), 'utf8')) as object;

interface Compared {
  readonly cluster: string;
  readonly state: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly fields?: readonly string[];
}

interface Report {
  readonly imported: readonly { readonly outcome: string; readonly what: string }[];
  readonly compared: readonly Compared[];
}

let fleet: Fleet;
beforeEach(() => {
  fleet = createFleet();
  for (const folder of ['intents', 'templates', 'clusters']) rmSync(join(fleet.root, folder), { recursive: true, force: true });
  for (const folder of ['intents', 'templates/apps']) mkdirSync(join(fleet.root, folder), { recursive: true });
});
afterEach(() => fleet.remove());

interface Case {
  readonly name: string;
  /** `import` and its arguments; paths are below the case's folder. */
  readonly command: readonly string[];
  /** Objects that the clusters would not be given: no app can hold them. */
  readonly missing: readonly string[];
  /** Objects of which a field would be another. */
  readonly changed: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'flux-plain', command: ['flux', 'clusters/lisbon', '--cluster', 'edge/lisbon'], missing: [], changed: [] },
  {
    name: 'flux-monorepo',
    command: ['flux', 'clusters/staging', 'clusters/production', '--cluster', 'edge/staging', '--cluster', 'edge/production'],
    missing: [],
    changed: [],
  },
  {
    name: 'flux-charts',
    command: ['flux', 'clusters/north', 'clusters/south', '--cluster', 'edge/north', '--cluster', 'edge/south'],
    // Its release has another name, and so its object: see the handover.
    missing: ['edge+north HelmRelease portal/cache', 'edge+south HelmRelease portal/cache'],
    changed: ['edge+north HelmRelease portal/portal', 'edge+south HelmRelease portal/portal'],
  },
  {
    name: 'flux-unsupported',
    command: ['flux', 'clusters/lab', '--cluster', 'edge/lab'],
    missing: [
      'edge+lab ConfigMap lost',
      'edge+lab ConfigMap flux-system/cluster-settings',
      'edge+lab ConfigMap kube-system/notes',
      'edge+lab Secret lab/login',
      'edge+lab Secret lab/sealed',
      'edge+lab Job lab/migrate',
      'edge+lab Thing thing',
      'edge+lab ClusterRole lab-viewer',
    ],
    changed: [],
  },
  {
    name: 'argocd',
    command: ['argocd', 'root.yaml', 'clusters', '--cluster', 'in-cluster=edge/hub', '--cluster', 'lisbon=edge/lisbon', '--cluster', 'porto=edge/porto'],
    missing: ['edge+hub Job tools/announce'],
    changed: [],
  },
];

function run({ name, command }: Case, ...args: readonly string[]): Promise<Ended> {
  const [kind = '', ...rest] = command;
  const folder = join(FIXTURES, name);
  const paths = rest.map((word, index) => (word.startsWith('--') || rest[index - 1]?.startsWith('--') === true ? word : join(folder, word)));
  return fleet.run('import', kind, ...paths, '--git-root', folder, ...args);
}

function written(): ReadonlyMap<string, string> {
  const files = ['intents', 'templates'].flatMap((top) =>
    readdirSync(join(fleet.root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(fleet.root.length + 1)),
  );
  return new Map(files.map((path) => [path, fleet.read(path)] as const));
}

function titles(compared: readonly Compared[], state: string): readonly string[] {
  return compared
    .filter((one) => one.state === state)
    .map(({ cluster, kind, namespace, name }) => `${cluster} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
}

test.each(CASES)(
  'import of $name is that of the golden folder, gives what runs to the clusters under its names, and generates',
  async (one) => {
    const dry = await run(one, '--dry-run', '--json');
    expect([dry.exitCode, dry.stderr, written().size]).toEqual([0, '', 0]);
    const report = JSON.parse(dry.stdout) as Report;
    const validate = new Ajv().compile(SCHEMA);
    expect([validate(report), validate.errors]).toEqual([true, null]);
    expect(titles(report.compared, 'missing')).toEqual(one.missing);
    expect(titles(report.compared, 'changed')).toEqual(one.changed);
    expect(titles(report.compared, 'same').length).toBeGreaterThan(0);
    const { exitCode, stdout, stderr } = await run(one);
    expect([exitCode, stderr]).toEqual([0, '']);
    expectGolden(join(import.meta.dirname, 'import', one.name), new Map([...written(), ['report.txt', stdout]]));
    const generated = await fleet.run('generate');
    expect([generated.exitCode, /error/.test(generated.stderr)]).toEqual([0, false]);
  },
  240_000,
);
