import { describe, expect, test } from 'vitest';
import { told } from '../../../test/support/argocd.ts';
import { configMap } from '../../../test/support/fleet.ts';
import { type GoogleFleet, googleSyncs, lay, makeGoogleCluster } from '../../../test/support/google.ts';
import { makeCloud } from '../../../test/support/intents.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';

const one = makeGoogleCluster('provider1+edge1');
const open = { open: true } as const;
const ssh = { url: 'ssh://git@example.com/fleet' } as const;
const email = 'config-sync@example-fleet.iam.gserviceaccount.com';
const at = (path: string, id = 'edge1') => `provider1+${id}#${path}`;
const REFERENCE = at('spec.gitOps.gitOpsReferenceObject');
const named = (namespace: string) => ({ ...makeCloud({ namespace }), namespace });
const RESOURCE = at('spec.gitOps.gitOpsResourceObject');

describe('each mistake is told at its place', () => {
  test.each<[string, GoogleFleet, readonly string[]]>([
    ['ssh and HTTPS', { clusters: [one], sync: googleSyncs({ auth: 'ssh' }) }, [`error google-auth-unfit ${REFERENCE}`]],
    ['token and SSH', { clusters: [one], sync: googleSyncs({ auth: 'token' }, ssh) }, [`error google-auth-unfit ${REFERENCE}`]],
    ['nobody and SSH', { clusters: [one], sync: googleSyncs({}, { ...ssh, ...open }) }, [`error google-auth-unfit ${REFERENCE}`]],
    ...(['token', 'cookiefile'] as const).map((auth): [string, GoogleFleet, readonly string[]] => [
      `${auth} without a Secret`,
      { clusters: [one], sync: googleSyncs({ auth }, open) },
      [`error google-secret-missing ${RESOURCE}`],
    ]),
    [
      'ssh without a Secret',
      { clusters: [one], sync: googleSyncs({ auth: 'ssh' }, { ...ssh, ...open }) },
      [`error google-secret-missing ${RESOURCE}`],
    ],
    ...(['none', 'gcenode'] as const).map((auth): [string, GoogleFleet, readonly string[]] => [
      `${auth} with a Secret`,
      { clusters: [one], sync: googleSyncs({ auth }) },
      [`warning google-secret-unused ${RESOURCE}`],
    ]),
    [
      'an account that is not named',
      { clusters: [one], sync: googleSyncs({ auth: 'gcpserviceaccount' }, open) },
      [`error google-account-missing ${REFERENCE}`],
    ],
    [
      'an account that nobody uses',
      { clusters: [one], sync: googleSyncs({ serviceAccountEmail: email }) },
      [`error google-account-unused ${REFERENCE}`],
    ],
    [
      'a part of a version',
      { clusters: [makeGoogleCluster('provider1+edge1', { gitOps: { agentVersion: '1.22' } })] },
      [`error google-version-not-whole ${at('spec.gitOps.agentVersion')}`],
    ],
    ...['Store_1', 'a.b', 'a-'].map((resourceName): [string, GoogleFleet, readonly string[]] => [
      `a membership called ${resourceName}`,
      { clusters: [makeGoogleCluster('provider1+edge1', { gitOps: { resourceName } })] },
      [`error google-membership-name ${at('spec.gitOps.resourceName')}`],
    ]),
    [
      'two clusters that are one member',
      { clusters: [one, makeGoogleCluster('provider1+edge2', { gitOps: { resourceName: 'edge1' } })] },
      [`error google-membership-shared ${at('spec.gitOps.resourceName', 'edge2')}`],
    ],
    [
      'a namespace that is too long',
      { clusters: [one], cloud: named('a'.repeat(37)) },
      ['error google-namespace-too-long cloud-retail#spec.namespace'],
    ],
  ])('%s', (_, fleet, expected) => {
    expect(told(lay(fleet).diagnostics)).toEqual(expected);
  });

  test.each<[string, GoogleFleet]>([
    ['a public repository', { clusters: [one], sync: googleSyncs({}, open) }],
    ['SSH with a Secret', { clusters: [one], sync: googleSyncs({}, ssh) }],
    ['an account', { clusters: [one], sync: googleSyncs({ auth: 'gcpserviceaccount', serviceAccountEmail: email }, open) }],
    ['a namespace that just fits', { clusters: [one], cloud: named('a'.repeat(36)) }],
    ['two members', { clusters: [one, makeGoogleCluster('provider1+edge2')] }],
    ['a whole version', { clusters: [makeGoogleCluster('provider1+edge1', { gitOps: { agentVersion: '1.22.0' } })] }],
  ])('%s is no mistake', (_, fleet) => {
    expect(lay(fleet).diagnostics).toEqual([]);
  });

  test('what many clusters share is told once', () => {
    const clusters = [one, makeGoogleCluster('provider1+edge2', { delivery: { wait: false } }), makeGoogleCluster('provider1+edge3')];
    expect(told(lay({ clusters, sync: googleSyncs({ auth: 'ssh' }) }).diagnostics)).toEqual([
      `warning google-delivery-ignored ${at('spec.delivery.wait', 'edge2')}`,
      `error google-auth-unfit ${REFERENCE}`,
    ]);
  });
});

test.each<[JsonObject, readonly string[]]>([
  [{ interval: '5m' }, ['interval']],
  [{ timeout: '5m', wait: true, deletionPolicy: 'WaitForTermination' }, ['timeout']],
  [{ retryInterval: '5m', wait: false }, ['retryInterval', 'wait']],
  [{ deletionPolicy: 'Orphan' }, []],
])('of a deployment’s delivery %j, %j has no effect', (delivery, ignored) => {
  const clusters = [one, makeGoogleCluster('provider1+edge2')];
  expect(told(lay({ clusters, delivery }).diagnostics)).toEqual(
    ignored.map((field) => `warning google-delivery-ignored shop#spec.delivery.${field}`),
  );
});

describe('what would stop all of a cloud’s apps is refused', () => {
  const meta = (metadata: JsonObject): KubeObject => ({ ...configMap('web'), metadata: { name: 'web', ...metadata } });

  test.each<[string, KubeObject]>([
    ['a status', { ...configMap('web'), status: { phase: 'Ready' } }],
    ['a uid', meta({ uid: '1' })],
    ['an owner', meta({ ownerReferences: [{ name: 'a' }] })],
    ['a resource version', meta({ resourceVersion: '7' })],
    ['a label of Config Sync', meta({ labels: { 'configsync.gke.io/a': 'b' } })],
    ['an annotation of Config Sync', meta({ annotations: { 'configmanagement.gke.io/token': 'b' } })],
    ['another namespace', meta({ namespace: 'elsewhere' })],
  ])('%s', (_, object) => {
    const found = lay({ clusters: [one], apps: { web: [object] } }).diagnostics;
    expect(told(found)).toEqual(['error google-object-refused shop#spec.apps.0.name']);
    expect(found[0]?.reach).toMatchObject({ kind: 'context', app: 'web' });
  });

  test.each<[string, KubeObject]>([
    ['an empty status', { ...configMap('web'), status: {} }],
    ['no time of creation', meta({ creationTimestamp: null })],
    ['what people may ask of Config Sync', meta({ annotations: { 'configmanagement.gke.io/managed': 'disabled' } })],
    ['a label that only sounds so', meta({ labels: { 'my-configsync.gke.io/a': 'b' } })],
    ['its own namespace', meta({ namespace: 'retail' })],
  ])('but not %s', (_, object) => {
    expect(lay({ clusters: [one], apps: { web: [object] } }).diagnostics).toEqual([]);
  });
});
