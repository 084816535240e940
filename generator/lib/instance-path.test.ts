import { expect, test } from 'vitest';
import { repoPath } from './path.ts';
import { instanceFolder, isInContexts, ownFiles, placeIn, readInstancePath } from './instance-path.ts';
import type { ContextId } from '../model/context.ts';
import type { Oid } from '../model/file.ts';

const web = { cluster: 'a+b', context: '1' as ContextId, app: 'web' } as const;

test.each(['', 'cluster/', 'namespaces/retail/'] as const)('a file below place "%s" is read as it is written', (place) => {
  const path = repoPath(`${instanceFolder(web, place)}/web-deployment.yaml`);
  expect(readInstancePath(path)).toEqual({ instance: web, place, file: 'web-deployment.yaml' });
  expect(isInContexts(path)).toBe(true);
  expect(placeIn(path)).toBe(place);
});

test.each([
  'clusters/a+b/context/1/app/web/deep/x.yaml',
  'clusters/a+b/context/one/app/web/x.yaml',
  'clusters/a+b/context/12345678901234567890/app/web/x.yaml',
  'clusters/a+b/namespaces/context/1/app/web/x.yaml',
  'clusters/a+b/namespaces/a/b/context/1/app/web/x.yaml',
  'clusters/a+b/cluster/references/1-web.yaml',
  'clusters/a+b/references/context/1/app/web/x.yaml',
  'clusters/a/context/1/app/web/x.yaml',
  'other/a+b/context/1/app/web/x.yaml',
])('%s is in no instance’s folder', (path) => {
  expect(readInstancePath(path)).toBeUndefined();
});

test('ownFiles() gives what is neither an instance’s nor status, by its path below the cluster’s folder', () => {
  const own = ['kustomization.yaml', 'references/1-web-kcust.yaml', 'cluster/references/1-web.yaml', 'namespaces/retail/1.md'];
  const others = ['context/1/app/web/x.yaml', 'cluster/context/1/x.yaml', 'namespaces/retail/context/x.yaml', 'status/x.yaml'];
  const part = new Map(
    [...own, ...others].map((path) => repoPath(`clusters/a+b/${path}`)).map((path) => [path, { path, oid: '0' as Oid, isMarked: true }]),
  );
  expect([...ownFiles(part).keys()]).toEqual(own);
});
