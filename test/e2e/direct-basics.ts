/** Ways to a server, the first runs, a change, a conflict. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLUSTER } from './direct-fleet.ts';
import { apply, expectEnd, expectEqual, type Tools, versions, written } from './direct-tools.ts';

export async function checkWays({ fleet, report }: Tools): Promise<void> {
  const far = await fleet.espalier('apply', '--cluster', 'far', '--timeout', '1');
  expectEnd(report, 'a server that is not there', { ended: far, exitCode: 1, says: ['server-unreachable', 'the connection was refused'] });
  const lost = await fleet.espalier('apply', '--cluster', 'lost');
  expectEnd(report, 'a context that is not there', {
    ended: lost,
    exitCode: 1,
    says: ['kubeconfig-unusable', 'no-such-context', '"rig-admin"'],
  });
  const pulled = await fleet.espalier('apply', '--cluster', 'pulled');
  expectEnd(report, 'a cluster with an agent', { ended: pulled, exitCode: 1, says: ['cluster-has-agent', 'fluxv2'] });
}

export async function checkFirst(tools: Tools): Promise<void> {
  const { report, fleet } = tools;
  const before = await versions(tools);
  const dry = await apply(tools, '--dry-run', '--diff');
  expectEnd(report, 'a dry run tells all', { ended: dry, exitCode: 0, says: ['would be 13 created', '+ Deployment retail/cart'] });
  expectEqual(report, 'a dry run changes nothing', [await versions(tools), before]);
  const first = await apply(tools);
  expectEnd(report, 'the first run', { ended: first, exitCode: 0, says: ['13 created', 'https://127.0.0.1', 'rig-admin'] });
  const [cart, api] = ['app cart of', 'app api of'].map((text) => first.stdout.indexOf(text));
  report.expectNone('the cloud, then the database, then what depends on it', (cart ?? 0) < (api ?? 0) ? [] : [first.stdout]);
  const there = await written(tools);
  expectEnd(report, 'the second run', { ended: await apply(tools), exitCode: 0, says: ['13 unchanged'], hides: ['created', 'changed,'] });
  expectEqual(report, 'the second run writes nothing, not even the record', [await written(tools), there]);
  const both = await fleet.espalier('apply', '--all', '--timeout', '1', '--dry-run');
  expectEnd(report, 'all clusters, two of them by one server', {
    ended: both,
    exitCode: 1,
    says: ['server-of-another-cluster', 'server-unreachable', 'kubeconfig-unusable'],
  });
  const second = await fleet.espalier('apply', '--cluster', 'second');
  expectEnd(report, 'a server of another cluster', { ended: second, exitCode: 1, says: ['server-of-another-cluster', CLUSTER] });
}

export async function checkChange(tools: Tools): Promise<void> {
  const { report, fleet } = tools;
  const edit = (text: string): string => text.replace('replicas: 2', 'replicas: 3');
  await writeFile(join(fleet.folder, 'intents/shop.yaml'), edit(await readFile(join(fleet.folder, 'intents/shop.yaml'), 'utf8')));
  await fleet.espalier('generate');
  expectEnd(report, 'what is not committed', {
    ended: await apply(tools),
    exitCode: 1,
    says: ['tree-not-committed', 'cart-settings-configmap.yaml'],
  });
  await fleet.commit();
  const dry = await apply(tools, '--dry-run', '--diff');
  expectEnd(report, 'a dry run of a change', {
    ended: dry,
    exitCode: 0,
    says: ['spec.replicas: 2 → 3', 'would be 2 changed'],
    hides: ['managedFields', 'deployment.kubernetes.io'],
  });
  expectEnd(report, 'a change', { ended: await apply(tools), exitCode: 0, says: ['2 changed, 11 unchanged'] });
  expectEqual(report, 'is there', [
    await tools.cluster.kubectl('get', 'deployment', 'cart', '-n', 'retail', '-o', 'jsonpath={.spec.replicas}'),
    '3',
  ]);
}

export async function checkConflict(tools: Tools): Promise<void> {
  const { report, cluster } = tools;
  await cluster.kubectl('scale', 'deployment', 'cart', '-n', 'retail', '--replicas', '5');
  const refused = await apply(tools);
  expectEnd(report, 'a conflict names manager and field, and stops what depends on it only', {
    ended: refused,
    exitCode: 1,
    says: [
      'apply-conflict',
      '"kubectl"',
      'spec.replicas',
      '--force-conflicts Deployment/retail/cart',
      'left app api of retail/shop as it is',
    ],
  });
  const looked = await apply(tools, '--get');
  expectEnd(report, 'which --get shows', {
    ended: looked,
    exitCode: 1,
    says: ['changed   Deployment retail/cart', 'present   Service retail/cart'],
  });
  expectEnd(report, 'forced for that object', {
    ended: await apply(tools, '--force-conflicts', 'Deployment/retail/cart'),
    exitCode: 0,
    says: ['1 changed'],
  });
  expectEqual(report, 'it is ours again', [
    await cluster.kubectl('get', 'deployment', 'cart', '-n', 'retail', '-o', 'jsonpath={.spec.replicas}'),
    '3',
  ]);
}
