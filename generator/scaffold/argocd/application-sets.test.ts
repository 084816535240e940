import { expect, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { applicationsOf } from './application-sets.ts';
import type { ArgoCluster } from './documents.ts';

const CLUSTERS: readonly ArgoCluster[] = [
  { name: 'Lisbon_1', server: 'https://lisbon.example.net', labels: new Map([['tier', 'edge']]) },
  { name: 'porto', server: 'https://porto.example.net', labels: new Map([['tier', 'core']]) },
];

function set(spec: Readonly<Record<string, Json>>) {
  return {
    object: { apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', metadata: { name: 'set', namespace: 'argocd' }, spec },
    place: { file: 'set.yaml', line: 1 },
  };
}

const TEMPLATE = {
  metadata: { name: 'shop-{{nameNormalized}}' },
  spec: { destination: { server: '{{server}}' }, note: '{{metadata.labels.tier}} {{values.x}}' },
};

test('applicationsOf() fills the template for each cluster that is selected', () => {
  const made = applicationsOf(
    set({ generators: [{ clusters: { selector: { matchLabels: { tier: 'edge' } }, values: { x: 'y' } } }], template: TEMPLATE }),
    CLUSTERS,
  );
  expect(typeof made === 'string' ? made : made.map(({ object }) => [object.metadata.name, object['spec']])).toEqual([
    ['shop-lisbon-1', { destination: { server: 'https://lisbon.example.net' }, note: 'edge y' }],
  ]);
});

test.each([
  [{ generators: [{ git: {} }], template: TEMPLATE }, /"git" finds is not in the files/],
  [{ generators: [{ matrix: {} }], template: TEMPLATE }, /"matrix"/],
  [{ generators: [{ list: { elements: [] }, selector: {} }], template: TEMPLATE }, /filtered or put together/],
  [
    { generators: [{ list: { elements: [{ a: 'b' }] } }], template: TEMPLATE },
    /"\{\{nameNormalized\}\}", which is no name of its generator, which has a$/,
  ],
  [
    { generators: [{ list: { elements: [{ a: 'b' }] } }], template: { metadata: { name: '{{a | upper}}' }, spec: {} } },
    /more than a name of its generator/,
  ],
  [
    { generators: [{ list: { elements: [{ false: 'b' }] } }], template: { metadata: { name: '{{n}}' }, spec: {} } },
    /reads the name n as false .* quote it there/,
  ],
  [
    {
      goTemplate: true,
      generators: [{ list: { elements: [{ a: 'b' }] } }],
      template: { metadata: { name: '{{ .a | upper }}' }, spec: {} },
    },
    /more than a name/,
  ],
  [
    { generators: [{ list: { elements: [{ a: 'b' }, { a: 'b' }] } }], template: { metadata: { name: '{{a}}' }, spec: {} } },
    /two Applications of one name/,
  ],
  [{ templatePatch: 'x', generators: [], template: TEMPLATE }, /templatePatch/],
])('applicationsOf() says why it cannot tell: %j', (spec, reason) => {
  expect(applicationsOf(set(spec as Readonly<Record<string, Json>>), CLUSTERS)).toMatch(reason);
});
