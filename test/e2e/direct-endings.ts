/** A server that is lost, and everything taken away. */
import { CLUSTER } from './direct-fleet.ts';
import { apply, configMap, expectEnd, expectEqual, names, type Tools } from './direct-tools.ts';

export async function checkLost(tools: Tools): Promise<void> {
  const { report, fleet, gate, cluster } = tools;
  const many = Array.from({ length: 60 }, (_, index) => configMap(`many-${index}`, { index: String(index) }));
  await fleet.lay({ context: '81', app: 'many', objects: many });
  gate.closeAfter(40);
  const cut = await fleet.espalier('apply', '--cluster', CLUSTER, '--timeout', '2', '--kubeconfig', gate.kubeconfig, '--only', '81-many');
  expectEnd(report, 'a server that is lost half-way', { ended: cut, exitCode: 1, says: ['server-lost', 'after 0 of 1'] });
  const half = (await names(tools, 'configmaps', '-n', 'retail', '--selector', 'emco/deployment-id=81-many')).split(' ').length;
  report.expectNone(`some of the objects are there (${half})`, half > 0 && half < many.length ? [] : ['none, or all']);
  const record = await cluster.kubectl(
    'get',
    'configmap',
    'inventory-81-many',
    '-n',
    'espalier-system',
    '-o',
    'jsonpath={.data.objects}|{.data.commit}',
  );
  report.expectNone(
    'the record has all of them, and no commit',
    record.split('\n').length === many.length && record.endsWith('|') ? [] : [record],
  );
  // While it was away, one of them left the tree: what was begun must not be forgotten.
  await fleet.lay({ context: '81', app: 'many', objects: many.slice(1) });
  gate.closeAfter(25, 700);
  const resumed = await fleet.espalier(
    'apply',
    '--cluster',
    CLUSTER,
    '--timeout',
    '20',
    '--kubeconfig',
    gate.kubeconfig,
    '--only',
    '81-many',
  );
  expectEnd(report, 'a short interruption is lived through, and the rest is done', {
    ended: resumed,
    exitCode: 0,
    says: ['applied app many'],
  });
  expectEqual(report, 'what left the tree in between is gone', [await names(tools, 'configmap', 'many-0', '-n', 'retail'), '']);
  await fleet.lay({ context: '81', app: 'many', objects: [] });
  expectEnd(report, 'all of it goes again', { ended: await apply(tools), exitCode: 0, says: ['59 deleted'] });
}

export async function checkDelete(tools: Tools): Promise<void> {
  const { report, fleet, cluster } = tools;
  expectEnd(report, 'deleting must be confirmed', {
    ended: await apply(tools, '--delete'),
    exitCode: 1,
    says: ['removal-not-confirmed', '3 apps and clouds'],
  });
  await cluster.kubectl('create', 'configmap', 'theirs', '-n', 'retail');
  await fleet.change({
    'intents/fleet.yaml': (text) => text.replace('kubeconfigObject: by-hand}', 'kubeconfigObject: by-hand, state: Removed}'),
  });
  expectEnd(report, 'an empty tree must be confirmed', { ended: await apply(tools), exitCode: 1, says: ['would-remove-everything'] });
  expectEnd(report, 'claims stay', {
    ended: await apply(tools, '--prune-all'),
    exitCode: 0,
    says: ['6 deleted', 'PersistentVolumeClaim retail/cart stays: it may hold data'],
  });
  // The cloud leaves the tree a run after its last app.
  await fleet.change({});
  expectEnd(report, 'the cloud is all that is left, and must be confirmed too', {
    ended: await apply(tools),
    exitCode: 1,
    says: ['would-remove-everything'],
  });
  const emptied = await apply(tools, '--prune-all');
  expectEnd(report, 'its namespace stays for what is in it', { ended: emptied, exitCode: 0, says: ['Namespace retail stays: it holds'] });
  expectEqual(report, 'what is somebody else’s is there', [await names(tools, 'configmap', 'theirs', '-n', 'retail'), 'configmap/theirs']);
  await cluster.kubectl('delete', 'configmap', 'theirs', '-n', 'retail');
  const deleted = await apply(tools, '--delete', '--yes', '--delete-data');
  expectEnd(report, 'with --delete-data they go', { ended: deleted, exitCode: 0, hides: ['stays'] });
  await cluster.kubectl('wait', '--for=delete', 'namespace/retail', 'namespace/espalier-system', '--timeout=30s');
  report.pass('nothing of ours is left');
  expectEnd(report, 'and there is nothing to do', { ended: await apply(tools, '--delete', '--yes'), exitCode: 0, says: ['nothing to do'] });
}
