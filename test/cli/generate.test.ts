import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFleet, type Fleet } from './espalier.ts';

const INTENT = 'intents/retail.yaml';
const twoToThree = { from: 'replicas: 2', to: 'replicas: 3' };
const wrongTemplate = { from: 'template: web', to: 'template: wep' };
const DEPLOYMENT = 'clusters/provider1+cluster1/context/4947908676737658207/app/web/web-deployment.yaml';

let fleet: Fleet;

beforeEach(() => {
  fleet = createFleet();
});

afterEach(() => fleet.remove());

test('generate writes the tree, and a second time changes nothing', async () => {
  const first = await fleet.run('generate');
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stdout).toMatch(/^created 29, updated 0, deleted 0, unchanged 0, held 0 in \d+\.\d s\n$/);
  const tree = fleet.tree();
  expect(tree.get(DEPLOYMENT)).toContain('replicas: 2');
  expect([...tree.keys()].filter((path) => !path.startsWith('clusters/'))).toEqual([]);
  expect((await fleet.run('generate', '--no-cache', '--bind', 'early')).stdout).toMatch(
    /^created 0, updated 0, deleted 0, unchanged 29, held 0 in/,
  );
  expect(fleet.tree()).toEqual(tree);
});

test('--dry-run and --check write nothing; --check tells by its exit code', async () => {
  const empty = fleet.tree();
  expect(await fleet.run('generate', '--check')).toMatchObject({
    exitCode: 3,
    stdout: expect.stringMatching(/^clusters\/ is out of date: would create 29, /) as string,
  });
  expect(await fleet.run('generate', '--dry-run')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^would create 29, /) as string,
  });
  expect(fleet.tree()).toEqual(empty);
  await fleet.run('generate');
  expect(await fleet.run('generate', '--check')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^would create 0, update 0, delete 0 \(29 unchanged/) as string,
  });
});

test('--diff shows fields; hand edits are shown and overwritten', async () => {
  await fleet.run('generate');
  fleet.edit(DEPLOYMENT, { from: 'replicas: 2', to: 'replicas: 7' });
  const { stdout } = await fleet.run('generate', '--diff');
  expect(stdout).toMatch(
    new RegExp(`^~ Deployment retail/web {2}${DEPLOYMENT.replaceAll('+', '\\+')}\n {4}spec.replicas: 7 → 2\ncreated 0, updated 1,`),
  );
  expect(fleet.tree().get(DEPLOYMENT)).toContain('replicas: 2');
});

test('an error is shown with its place, and nothing is written', async () => {
  fleet.edit(INTENT, wrongTemplate);
  const before = fleet.tree();
  const { exitCode, stdout, stderr } = await fleet.run('generate');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('intents/retail.yaml:17:24: error unknown-template: Cannot use template "wep"');
  expect(stderr).toContain('17 |     source: {template: wep}\n   |                        ^^^\n');
  expect(stdout).toMatch(/^nothing written: 1 error, in/);
  expect(fleet.tree()).toEqual(before);
});

test('--isolate holds what the error reaches and writes the rest', async () => {
  await fleet.run('generate');
  const before = fleet.tree();
  fleet.edit(INTENT, wrongTemplate);
  fleet.edit(INTENT, { from: 'requests.cpu: "4"', to: 'requests.cpu: "5"' });
  const { exitCode, stdout } = await fleet.run('generate', '--isolate');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /^= held app web of retail\/shop on 1 cluster \(provider1\+cluster1\): Cannot use template "wep".*\ncreated 0, updated 4, deleted 0, unchanged \d+, held 5 in \S+ s: 1 error\n$/,
  );
  const after = fleet.tree();
  const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  expect(changed.every((path) => path.includes('logical-cloud'))).toBe(true);
  expect(changed).toHaveLength(4);
  expect([...after.keys()]).toEqual([...before.keys()]);
});

test('--only writes one cluster', async () => {
  const { stdout } = await fleet.run('generate', '--only', 'cluster2');
  expect(stdout).toMatch(/^created \d+,/);
  const clusters = new Set(
    [...fleet.tree().keys()].filter((path) => !path.endsWith('gotk-components.yaml')).map((path) => path.split('/')[1]),
  );
  expect(clusters).toEqual(new Set(['provider1+cluster2']));
});

test('--only may be repeated, and what is wrong elsewhere stops nothing', async () => {
  await fleet.run('generate');
  fleet.edit('intents/retail.yaml', { from: 'replicas: 2', to: 'replicas: 3' });
  writeFileSync(join(fleet.root, 'intents/more.yaml'), OTHER_DEPLOYMENT);
  const { exitCode, stdout, stderr } = await fleet.run('generate', '--only', 'shop', '--only', 'cluster2');
  expect(stderr).not.toContain('error');
  expect(stdout).toMatch(
    /^created 0, updated 2, deleted 0, unchanged \d+, held 0, outside \d+ in \S+ s: 1 error elsewhere \(espalier check shows it\)\n$/,
  );
  expect(exitCode).toBe(0);
  expect(fleet.tree().get(DEPLOYMENT)).toContain('replicas: 3');
  const named = await fleet.run('generate', '--only', 'retail/other', '--only', 'cluster2');
  expect(named).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^nothing written: 1 error, in/) as string });
  expect(named.stderr).toContain('error unknown-template');
});

const OTHER_DEPLOYMENT = `apiVersion: espalier.dev/v1alpha1
kind: DeploymentIntent
metadata: {name: other, namespace: retail}
spec:
  version: "1"
  logicalCloud: retail
  apps:
  - name: web
    source: {template: wep}
    placement: {allOf: [{provider: provider1}]}
`;

test('a removed cluster leaves no empty folder behind', async () => {
  await fleet.run('generate');
  fleet.edit('intents/clusters.yaml', { from: '{tier: central}}\nspec:\n', to: '{tier: central}}\nspec:\n  state: Removed\n' });
  expect((await fleet.run('generate')).stdout).toMatch(/deleted [1-9]/);
  expect(readdirSync(join(fleet.root, 'clusters/provider1+cluster2')).sort()).toEqual([
    'flux-system',
    'kustomization.yaml',
    'references',
    'references.yaml',
  ]);
});

test('a document that goes takes its files along', async () => {
  await fleet.run('generate');
  fleet.edit(INTENT, { from: '[{matchLabels: {tier: edge}}]', to: '[{cluster: cluster2}]' });
  const { stdout } = await fleet.run('generate', '--diff');
  expect(stdout).toContain('- Deployment retail/web  clusters/provider1+cluster1/');
  expect(stdout).toContain('+ Deployment retail/web  clusters/provider1+cluster2/');
  expect([...fleet.tree().keys()].filter((path) => path.includes('cluster1/context/4947908676737658207'))).toEqual([]);
});

describe('--json', () => {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../api/json-output.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema as object);

  test('has the form of its schema, whatever comes of the run', async () => {
    const outputs: string[] = [];
    const print = async (...args: readonly string[]): Promise<void> => {
      outputs.push((await fleet.run(...args, '--json')).stdout);
    };
    await print('generate', '--diff');
    fleet.edit(INTENT, twoToThree);
    await print('generate', '--dry-run', '--diff');
    await print('generate', '--only', 'nobody');
    fleet.edit(INTENT, { from: '[{matchLabels: {tier: edge}}]', to: '[{cluster: cluster2}]' });
    await print('generate', '--diff=full');
    fleet.edit(INTENT, wrongTemplate);
    await print('generate', '--isolate');
    await print('check');
    expect(outputs.map((text) => validate(JSON.parse(text)) || validate.errors)).toEqual(outputs.map(() => true));
    // Everything that the schema speaks of was there at least once.
    for (const part of ['"fields"', '"content"', '"text"', '"removals": [\n    {', '"held": [\n    {', '"source"', '"stateful"'])
      expect(
        outputs.some((text) => text.includes(part)),
        part,
      ).toBe(true);
  });

  test('prints one document, and nothing else', async () => {
    await fleet.run('generate');
    fleet.edit(INTENT, twoToThree);
    const { stdout, stderr } = await fleet.run('generate', '--json');
    const { seconds, ...summary } = (JSON.parse(stdout) as { summary: Record<string, unknown> }).summary;
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [],
      changes: [
        { action: 'update', path: DEPLOYMENT },
        { action: 'update', path: 'clusters/provider1+cluster1/references/4947908676737658207-web-kcust.yaml' },
      ],
      exitCode: 0,
    });
    expect(summary).toEqual({
      errors: 0,
      warnings: 0,
      instances: 3,
      created: 0,
      updated: 2,
      deleted: 0,
      unchanged: 27,
      held: 0,
      outside: 0,
      elsewhere: 0,
      written: true,
    });
    expect(seconds).toBeGreaterThan(0);
    expect(stderr).toBe('');
  });

  test('gives the exit code, and findings with their pages', async () => {
    fleet.edit(INTENT, wrongTemplate);
    const { exitCode, stdout } = await fleet.run('check', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 1,
      diagnostics: [
        { code: 'unknown-template', documentation: 'espalier explain unknown-template', source: { file: INTENT, line: 17, column: 24 } },
      ],
      changes: [],
    });
  });
});

test('check finds mistakes and writes nothing', async () => {
  const before = fleet.tree();
  expect(await fleet.run('check')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^checked 3 instances: no errors, in/) as string,
  });
  fleet.edit(INTENT, wrongTemplate);
  const { exitCode, stderr } = await fleet.run('check', '--annotations', 'github');
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    '::error file=intents/retail.yaml,line=17,col=24,endColumn=27,title=unknown-template::Cannot use template "wep"',
  );
  expect(fleet.tree()).toEqual(before);
});

test('--root names the folder', async () => {
  expect(await fleet.run('check', '--root', 'intents')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('not-a-fleet') as string,
  });
  expect(await fleet.run('check', '--root', '.')).toMatchObject({ exitCode: 0 });
});
