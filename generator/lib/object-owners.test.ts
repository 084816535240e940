import { expect, test } from 'vitest';
import { objectOwners } from './object-owners.ts';

test.each<readonly [string, object, readonly string[]]>([
  ['nobody', {}, []],
  [
    'a Kustomization',
    { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' } },
    ['Kustomization flux-system/apps'],
  ],
  [
    'a HelmRelease',
    {
      labels: { 'helm.toolkit.fluxcd.io/name': 'web', 'helm.toolkit.fluxcd.io/namespace': 'shop' },
      annotations: { 'meta.helm.sh/release-name': 'web' },
    },
    ['HelmRelease shop/web'],
  ],
  ['an Application', { annotations: { 'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:shop/web' } }, ['Application argocd/web']],
  [
    'an Application elsewhere',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'team_web:apps/Deployment:shop/web' } },
    ['Application team/web'],
  ],
  ['Helm', { annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' } }, ["Helm's release shop/web"]],
  [
    'two',
    { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' }, annotations: { 'argocd.argoproj.io/tracking-id': 'web:x' } },
    ['Kustomization /apps', 'Application argocd/web'],
  ],
  ['what cannot be read', { labels: ['a'], annotations: { 'meta.helm.sh/release-name': 3, 'argocd.argoproj.io/tracking-id': 'web' } }, []],
])('an object tells that %s applied it', (_who, metadata, titles) => {
  expect(objectOwners({ metadata: { name: 'web', ...metadata } }).map(({ title }) => title)).toEqual(titles);
});
