import { expect, test } from 'vitest';
import { base, checkTexts } from '../../../test/support/check-texts.ts';

function installation(name: string, clusters: string, rest: string): string {
  return `apiVersion: espalier.dev/v1alpha1\nkind: AgentInstallation\nmetadata: {name: ${name}}\nspec:\n  clusters: {${clusters}}\n  ${rest}\n---\n`;
}

function check(...documents: readonly string[]) {
  const { value, diagnostics } = checkTexts({ ...base, 'intents/agents.yaml': documents.join('') });
  return { codes: diagnostics.map(({ code }) => code), of: value.clusters.map((cluster) => cluster.installation?.value.metadata.name) };
}

const EDGE = 'matchLabels: {tier: edge}';

test('an agent installation is given to the clusters that it selects', () => {
  expect(check(installation('edge', EDGE, 'version: "2.9"'))).toEqual({ codes: [], of: ['edge', undefined] });
});

test.each([
  ['the same', 'version: "2.9"', 'version: "2.9"', []],
  ['the same in other words', 'version: "2.9"', 'version: "2.9"\n  install: manifests', []],
  [
    'the same controllers',
    'version: "2.9"\n  components: [source-controller, helm-controller]',
    'version: "2.9"\n  components: [helm-controller, source-controller]',
    [],
  ],
  ['another version', 'version: "2.9"', 'version: "2.9.1"', ['agent-installations-differ']],
  ['another way', 'version: "2.9"', 'version: "2.9"\n  install: operator', ['agent-installations-differ']],
])('two that select one cluster and say %s', (_, one, other, codes) => {
  expect(check(installation('b', EDGE, one), installation('a', '', other))).toEqual({ codes, of: ['a', 'a'] });
});

test('two that select different clusters may differ', () => {
  const central = installation('central', 'cluster: cluster2', 'version: "2.8"');
  expect(check(installation('edge', EDGE, 'version: "2.9"'), central)).toEqual({ codes: [], of: ['edge', 'central'] });
});

test('one that names a cluster that is not there is told', () => {
  expect(check(installation('a', 'cluster: clusster1', 'version: "2.9"')).codes).toEqual(['unknown-cluster']);
});

test('a version is major.minor or major.minor.patch', () => {
  expect(check(installation('a', '', 'version: "2"')).codes).toEqual(['invalid-field']);
  expect(check(installation('a', '', 'version: "2.09"')).codes).toEqual(['invalid-field']);
  expect(check(installation('a', '', 'version: 2.9')).codes).toEqual(['wrong-type']);
});
