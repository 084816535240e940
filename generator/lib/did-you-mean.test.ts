import { expect, test } from 'vitest';
import { nearestName } from './did-you-mean.ts';

test.each([
  ['egde', ['core', 'edge'], 'edge'],
  ['replica', ['replicas', 'tag'], 'replicas'],
  ['REPLICAS', ['replicas', 'tag'], 'replicas'],
  ['tagg', ['tab', 'tag'], 'tag'],
  ['ab', ['xy'], undefined],
  ['moon', ['edge', 'core'], undefined],
  ['cat', ['car', 'bat'], 'bat'],
  ['same', ['same'], undefined],
  ['argo', ['arc', 'argocd'], 'argocd'],
  ['app', ['apt', 'apps'], 'apps'],
])('the nearest of %s among %j is %s', (name, candidates, nearest) => {
  expect(nearestName(name, candidates)).toBe(nearest);
});
