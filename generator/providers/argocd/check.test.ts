import { describe, expect, test } from 'vitest';
import { type ArgoFleet, argoSyncs, lay, makeArgoCluster, makeArgoSync, objectIn, told } from '../../../test/support/argocd.ts';
import { makeFluxCluster, makeSync } from '../../../test/support/fleet.ts';
import { makeCloud } from '../../../test/support/intents.ts';
import { valueAt } from '../../lib/json-path.ts';
import type { ArgoCDSync } from '../../model/api.generated.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { JsonObject } from '../../model/json.ts';

const own = makeArgoCluster('provider1+edge1');
const hub = makeArgoCluster('provider1+hub');
const target = (gitOps: Parameters<typeof makeArgoCluster>[2] = {}, id = 'provider1+edge1') => makeArgoCluster(id, 'hub-argocd', gitOps);

describe('each mistake is told at its place', () => {
  const other = (gitOps: JsonObject): KnownCluster => target({ gitOps }, 'provider1+edge2');
  const at = (id: string, path: string) => `provider1+${id}#spec.gitOps.${path}`;
  const hubSync = (argo: ArgoCDSync): typeof argoSyncs => [makeSync(), makeArgoSync(), makeArgoSync(argo, 'hub-argocd')];
  const chained = [makeSync(), makeArgoSync(), makeArgoSync({ hub: 'provider1+hub' }), makeArgoSync({ hub: 'provider1+edge1' }, 'chain')];

  test.each<[string, ArgoFleet, readonly string[]]>([
    ['a hub that nobody knows', { clusters: [target()] }, [`error argocd-hub-unknown ${at('edge1', 'gitOpsReferenceObject')}`]],
    [
      'a hub of another agent',
      { clusters: [makeFluxCluster('provider1+hub', {}, { install: 'none' }), target()] },
      [`error argocd-hub-unknown ${at('edge1', 'gitOpsReferenceObject')}`],
    ],
    [
      'a hub that has a hub',
      { clusters: [hub, target(), makeArgoCluster('provider1+edge2', 'chain')], sync: chained },
      [`error argocd-hub-has-hub ${at('edge2', 'gitOpsReferenceObject')}`],
    ],
    [
      'another namespace than the hub’s',
      { clusters: [hub, target()], sync: hubSync({ hub: 'provider1+hub', namespace: 'cd' }) },
      [`error argocd-hub-differs ${at('edge1', 'gitOpsReferenceObject')}`],
    ],
    [
      'another version than the hub’s',
      { clusters: [hub, target({ gitOps: { agentVersion: '2.14' } })] },
      [`error argocd-hub-differs ${at('edge1', 'agentVersion')}`],
    ],
    [
      'a root that no ApplicationSet makes',
      { clusters: [hub, target({ gitOps: { argocd: { form: 'applicationSet' } } })] },
      [`error argocd-root-not-made ${at('edge1', 'argocd.form')}`],
    ],
    [
      'a server without a hub',
      { clusters: [makeArgoCluster('provider1+edge1', 'own-argocd', { gitOps: { argocd: { server: 'https://a.example' } } })] },
      [`error argocd-option-without-hub ${at('edge1', 'argocd.server~key')}`],
    ],
    [
      'a cluster Secret without a hub',
      {
        clusters: [
          makeArgoCluster('provider1+edge1', 'own-argocd', { gitOps: { argocd: { clusterSecret: { secretStore: 'a', key: 'b' } } } }),
        ],
      },
      [`error argocd-option-without-hub ${at('edge1', 'argocd.clusterSecret~key')}`],
    ],
    [
      'a name without a hub',
      { clusters: [makeArgoCluster('provider1+edge1', 'own-argocd', { gitOps: { resourceName: 'a' } })] },
      [`error argocd-option-without-hub ${at('edge1', 'resourceName~key')}`],
    ],
    [
      'two targets of one name',
      { clusters: [hub, target(), other({ resourceName: 'provider1-edge1' })] },
      [`error argocd-cluster-shared ${at('edge2', 'resourceName')}`],
    ],
    [
      'a target of the hub’s own name',
      { clusters: [hub, other({ resourceName: 'in-cluster' })] },
      [`error argocd-cluster-shared ${at('edge2', 'resourceName')}`],
    ],
    [
      'a cloud in Argo CD’s own namespace',
      { clusters: [own], cloud: makeCloud({}, 'cd'), sync: [makeSync(), makeArgoSync({ namespace: 'cd' })] },
      ['error reserved-namespace cloud-cd#metadata.name'],
    ],
  ])('%s', (_, fleet, expected) => {
    expect(told(lay(fleet).diagnostics)).toEqual(expected);
  });

  test('a root in another repository than its hub’s', () => {
    const elsewhere = makeSync('provider1', { branch: 'edge' }, 'elsewhere');
    const form = { argocd: { form: 'applicationSet' } } as const;
    const clusters = [
      makeArgoCluster('provider1+hub', 'own-argocd', { gitOps: form }),
      target({ gitOps: { ...form, gitOpsResourceObject: 'elsewhere' } }),
    ];
    const { diagnostics } = lay({ clusters, sync: [...argoSyncs, elsewhere] });
    expect(told(diagnostics)).toEqual([`error argocd-root-not-made ${at('edge1', 'argocd.form')}`]);
    expect(diagnostics[0]?.message).toContain('not on the repository and branch');
  });

  test('a cloud in that namespace is none where Argo CD is elsewhere', () => {
    const sync = [makeSync(), makeArgoSync({ hub: 'provider1+hub', namespace: 'cd' })];
    const { diagnostics } = lay({ clusters: [target()], cloud: makeCloud({}, 'cd'), sync });
    expect(diagnostics.map(({ code }) => code)).toEqual(['argocd-hub-unknown']);
  });
});

test('an ApplicationSet finds the targets of its own hub and no others', () => {
  const form = { gitOps: { argocd: { form: 'applicationSet' } } } as const;
  const sync = [...argoSyncs, makeArgoSync({ hub: 'provider1+hub2' }, 'hub2-argocd')];
  const clusters = [
    makeArgoCluster('provider1+hub', 'own-argocd', form),
    makeArgoCluster('provider1+hub2', 'own-argocd', form),
    target(form, 'provider1+edge1'),
    makeArgoCluster('provider1+edge2', 'hub2-argocd', form),
    target({}, 'provider1+edge3'),
    own,
  ].filter(({ id }, index, all) => all.findIndex((each) => each.id === id) === index);
  const { files, diagnostics } = lay({ clusters, sync });
  expect(diagnostics).toEqual([]);
  const found = (hubId: string): readonly string[] => {
    const set = objectIn(files, `clusters/${hubId}/argocd/targets.yaml`);
    const path = valueAt(set, ['spec', 'generators', 0, 'git', 'files', 0, 'path']) as string;
    // As greedy as Argo CD: an asterisk takes slashes too.
    const pattern = new RegExp(
      `^${path
        .split('*')
        .map((text) => text.replace(/[.+]/g, '\\$&'))
        .join('.*')}$`,
    );
    return [...files.keys()].filter((file) => pattern.test(file));
  };
  expect(found('provider1+hub')).toEqual(['clusters/provider1+edge1/argocd/hub/provider1-hub.yaml']);
  expect(found('provider1+hub2')).toEqual(['clusters/provider1+edge2/argocd/hub/provider1-hub2.yaml']);
  expect(files.has('clusters/provider1+edge1/argocd/root.yaml')).toBe(false);
  expect(files.has('clusters/provider1+edge3/argocd/root.yaml')).toBe(true);
});
