import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runForReport } from '../support/run-program.ts';

// What each agent needs beside Git, when a cluster is made.

const BASE = new URL('../diagnostics/_base/', import.meta.url).pathname;
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'espalier-new-'));
  cpSync(BASE, root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const run = async (...argv: readonly string[]) => runForReport(root, ...argv);
const intents = (): readonly string[] =>
  readdirSync(join(root, 'intents'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

describe('what is written passes check and generate:', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      'a cluster that Config Sync looks after',
      ['cluster', 'c3', '--provider', 'provider1', '--agent', 'google', '--project', 'example-fleet'],
      ['intents/clusters/provider1/c3.yaml', 'intents/clusters/provider1/fleet-google.sync.yaml'],
    ],
    [
      'a cluster of Azure, and its repository',
      [
        ...['cluster', 'c1', '--provider', 'other', '--agent', 'arc', '--subscription', '00000000-0000-0000-0000-000000000001'],
        ...['--resource-group', 'edge', '--flux-version', '2.6', '--service', 'arc'],
      ],
      ['intents/clusters/other/arc.sync.yaml', 'intents/clusters/other/c1.yaml', 'intents/clusters/other/fleet-git.sync.yaml'],
    ],
    [
      'a cluster with an Argo CD of its own',
      ['cluster', 'c3', '--provider', 'provider1', '--agent', 'argocd'],
      ['intents/clusters/provider1/c3.yaml', 'intents/clusters/provider1/fleet-argocd.sync.yaml'],
    ],
  ];
  test.each(cases)('%s', async (_, argv, paths) => {
    const before = new Set(intents());
    const made = await run('new', ...argv);
    expect(made.diagnostics).toEqual([]);
    expect(intents().filter((path) => !before.has(path))).toEqual(paths);
    const { diagnostics, exitCode } = await run('generate');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(exitCode).toBe(0);
  });
});

describe('what is refused, in plain words:', () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['cluster', 'c3', '--provider', 'provider1', '--agent', 'google'], 'missing-answer: Cannot make a cluster: --project is not given'],
    [['cluster', 'c3', '--provider', 'provider1', '--agent', 'google', '--project', 'X'], 'bad-answer: Cannot use --project "X"'],
    [
      ['cluster', 'c3', '--provider', 'provider1', '--agent', 'google', '--project', 'example-fleet', '--service', 'fleet-git'],
      'name-taken: Cannot make sync object "provider1+fleet-git"',
    ],
    [
      ['cluster', 'c3', '--provider', 'provider1', '--agent', 'arc', '--subscription', '1', '--resource-group', 'a'],
      'bad-answer: Cannot use --subscription "1"',
    ],
    [['cluster', 'c3', '--provider', 'provider1', '--agent', 'argocd', '--hub', 'provider1+none'], 'argocd-hub-unknown'],
    [
      ['cluster', 'c3', '--provider', 'provider1', '--agent', 'argocd', '--flux-version', '2.9'],
      'bad-answer: Cannot use --flux-version "2.9": the cluster has no Flux',
    ],
  ];
  test.each(cases)('%j', async (argv, words) => {
    const before = intents();
    const { diagnostics, exitCode } = await run('new', ...argv);
    expect(exitCode).toBe(1);
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`).find((said) => said.startsWith(words))).toBeDefined();
    expect(intents()).toEqual(before);
  });
});

test('a second cluster of a service goes through the sync object that is there', async () => {
  await run('new', 'cluster', 'c3', '--provider', 'provider1', '--agent', 'google', '--project', 'example-fleet');
  const { changes } = await run('new', 'cluster', 'c4', '--provider', 'provider1', '--agent', 'google');
  expect(changes.map(({ path }) => path)).toEqual(['intents/clusters/provider1/c4.yaml']);
  const text = readFileSync(join(root, 'intents/clusters/provider1/c4.yaml'), 'utf8');
  expect(text).toMatch(/gitOpsType: googleAnthos\n *gitOpsReferenceObject: fleet-google\n *gitOpsResourceObject: fleet-git\n/);
});
