import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MakeOptions } from '../../generator/commands/new/made.ts';
import { newApp } from '../../generator/commands/new/new-app.ts';
import { newCloud } from '../../generator/commands/new/new-cloud.ts';
import { newCluster } from '../../generator/commands/new/new-cluster.ts';
import { newDeployment } from '../../generator/commands/new/new-deployment.ts';
import type { Asker } from '../../generator/io/ask.ts';
import { runForReport } from '../support/run-program.ts';

const BASE = new URL('../diagnostics/_base/', import.meta.url).pathname;
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'espalier-asking-'));
  cpSync(BASE, root, { recursive: true });
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

/** A person who knows an answer to each question; what is asked is noted. */
function person(answers: Readonly<Record<string, string | readonly string[]>>): { readonly asked: string[]; readonly asker: Asker } {
  const asked: string[] = [];
  const answer = (message: string): string | readonly string[] => {
    asked.push(message);
    const found = Object.entries(answers).find(([words]) => message.startsWith(words));
    if (!found) throw new Error(`nobody expected the question "${message}"`);
    return found[1];
  };
  const asker: Asker = {
    text: async ({ message, suggestion, complain }) => {
      const text = answer(message) as string;
      const given = text === '' ? (suggestion ?? '') : text;
      expect(complain(given)).toBeUndefined();
      return Promise.resolve(given);
    },
    choice: async ({ message, choices }) => {
      const chosen = answer(message) as string;
      expect(choices.map(({ value }) => value)).toContain(chosen);
      return Promise.resolve(chosen);
    },
    several: async ({ message, choices }) => {
      const chosen = answer(message) as readonly string[];
      expect(choices.map(({ value }) => value)).toEqual(expect.arrayContaining([...chosen]));
      return Promise.resolve(chosen);
    },
  };
  return { asked, asker };
}

const options = (asker: Asker): MakeOptions => ({ root, json: false, color: false, dryRun: false, asker });
const nowhere = { cluster: [], label: [], provider: [] };

test('a logical cloud is asked about charts where there are some', async () => {
  const answers = { 'Name of': 'blogs', Project: '', Where: 'all', Which: 'restricted', Hard: '', 'May its apps': 'yes' };
  const cloud = person(answers);
  writeFileSync(join(root, 'intents/chart.yaml'), 'kind: DeploymentIntent\nspec: {apps: [{name: web, source: {chart: {name: web}}}]}\n');
  await newCloud({ name: undefined, quota: [], ...nowhere }, { ...options(cloud.asker), dryRun: true });
  expect(cloud.asked).toContain('May its apps be Helm charts?');
  rmSync(join(root, 'intents/chart.yaml'));
  const other = person(answers);
  await newCloud({ name: undefined, quota: [], ...nowhere, charts: true }, options(other.asker));
  expect(other.asked).not.toContain('May its apps be Helm charts?');
  expect(readFileSync(join(root, 'intents/blogs/blogs.cloud.yaml'), 'utf8')).toMatch(/^  charts: true$/m);
});

test('a cluster, an app, a logical cloud and a deployment by answers alone', async () => {
  const cluster = person({
    'Name of the cluster': 'cork',
    'Who runs it': 'edge',
    Labels: 'env=production, tier=far',
    'Which agent': 'flux',
    'Address of this': '',
    Branch: '',
  });
  expect(await newCluster({ name: undefined, label: [], variable: [], gitSecret: 'flux-system' }, options(cluster.asker))).toBe(0);
  expect(readFileSync(join(root, 'intents/clusters/edge/cork.yaml'), 'utf8')).toContain('tier: far');
  // The address that another provider's sync object has was suggested.
  expect(readFileSync(join(root, 'intents/clusters/edge/fleet-git.sync.yaml'), 'utf8')).toContain('url: https://github.com/example/fleet');

  const app = person({
    'Name of the app': 'blog',
    'What it is': '',
    'What does it start': 'folder',
    Folder: join(BASE, 'templates/apps/web'),
    'What shall be a value': [],
  });
  // That folder is a package of ours: its own file and its mustaches are in the way.
  expect(await newApp({ name: undefined, value: [] }, options(app.asker))).toBe(1);
  const image = person({
    'Name of the app': 'blog',
    'What it is': 'A blog.',
    'What does it start': 'image',
    Image: 'ghcr.io/example/blog:2.0',
    Port: '',
  });
  expect(await newApp({ name: undefined, value: [] }, options(image.asker))).toBe(0);

  const cloud = person({
    'Name of the logical': 'blogs',
    Project: '',
    'Where does it span': 'label',
    'Label, such': 'env=production',
    'Which Pod Security': 'baseline',
    'Hard limits': 'pods=4',
  });
  expect(await newCloud({ name: undefined, quota: [], ...nowhere }, options(cloud.asker))).toBe(0);
  expect(readFileSync(join(root, 'intents/blogs/blogs.cloud.yaml'), 'utf8')).toContain('podSecurity: baseline');

  const deployment = person({
    'Name of the deployment': 'blog',
    'Which logical': 'blogs/blogs',
    'Which apps': ['blog'],
    'Where do': 'cluster',
    'Which?': ['edge+cork'],
  });
  expect(await newDeployment({ name: undefined, app: [], value: [], ...nowhere }, options(deployment.asker))).toBe(0);
  expect(deployment.asked).toEqual(['Name of the deployment:', 'Which logical cloud?', 'Which apps?', 'Where do the apps run?', 'Which?']);
  vi.restoreAllMocks();
  expect((await runForReport(root, 'check')).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('what a flag answers is not asked', async () => {
  const { asked, asker } = person({ Labels: '', 'Which agent': 'none' });
  expect(await newCluster({ name: 'cork', provider: 'edge', label: [], variable: [], gitSecret: false }, options(asker))).toBe(0);
  expect(asked).toEqual(['Labels for placement, such as env=production (optional):', 'Which agent pulls its tree?']);
});

test('Ctrl-C ends with 130 and leaves nothing', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const interruption = Object.assign(new Error('closed'), { name: 'ExitPromptError' });
  const asker: Asker = { ...person({}).asker, text: async () => Promise.reject(interruption) };
  expect(await newCluster({ name: 'cork', label: [], variable: [], gitSecret: false }, options(asker))).toBe(130);
  expect(existsSync(join(root, 'intents/clusters'))).toBe(false);
});
