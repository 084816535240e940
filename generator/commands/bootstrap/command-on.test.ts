import { expect, test } from 'vitest';
import { commandOn } from './command-on.ts';

const access = { context: 'site1', kubeconfig: '/k', kubectl: 'kubectl' };

test.each([
  [['kubectl', 'apply'], undefined, ['kubectl', '--context', '<context of edge+site1>', 'apply']],
  [['kubectl', 'apply'], access, ['kubectl', '--kubeconfig', '/k', '--context', 'site1', 'apply']],
  [['kubectl', 'apply'], { ...access, kubectl: '/bin/k' }, ['/bin/k', '--kubeconfig', '/k', '--context', 'site1', 'apply']],
  [['helm', 'install'], { ...access, kubeconfig: undefined }, ['helm', '--kube-context', 'site1', 'install']],
  [['az', 'deployment'], access, ['az', 'deployment']],
] as const)('commandOn() tells %j the cluster', (command, given, expected) => {
  expect(commandOn(command, { access: given, cluster: 'edge+site1' })).toEqual(expected);
});
