import { expect, test } from 'vitest';
import { exportedManifests, installManifests } from '../../test/support/flux-release.ts';
import { DEFAULT_COMPONENTS, FLUX_COMPONENTS, inspectFlux, selectComponents } from './flux-manifests.ts';

const all = installManifests(FLUX_COMPONENTS);

test('inspectFlux() finds the controllers, in the order of Flux', () => {
  expect(inspectFlux(all, '2.9.4')).toEqual({ components: FLUX_COMPONENTS });
  expect(inspectFlux(exportedManifests('2.9.4', ['kustomize-controller', 'source-controller']), '2.9.4')).toEqual({
    components: ['source-controller', 'kustomize-controller'],
  });
});

test.each<[string, string, string]>([
  ['nothing', '# empty\n', 'nothing in it'],
  ['a page', '<!DOCTYPE html>\n<html><body>Sign in: please</body></html>\n', ''],
  ['a list', '- a\n', 'not everything in it is a Kubernetes object'],
  ['broken YAML', `${all}---\na: [\n`, 'sound YAML'],
  ['what was cut short', all.slice(0, all.indexOf('name: kustomize-controller')), ''],
  ['another version', exportedManifests('2.8.0', DEFAULT_COMPONENTS), 'it is Flux 2.8.0'],
  ['a release candidate', exportedManifests('2.9.4-rc.1', DEFAULT_COMPONENTS), 'it is Flux 2.9.4-rc.1'],
  [
    'a label of another version',
    all.replace('    app.kubernetes.io/part-of', '    app.kubernetes.io/version: v2.8.0\n    app.kubernetes.io/part-of'),
    'it is Flux 2.8.0',
  ],
  ['another namespace', all.replace('name: flux-system', 'name: flux'), 'no Namespace'],
  ['a Secret', `${all}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n`, 'it holds a Secret'],
  ['something else', `${all}---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: miner\n`, 'Deployment "miner"'],
  ['half of it', installManifests(['source-controller']), 'no kustomize-controller'],
  ['no definitions', all.replaceAll('CustomResourceDefinition', 'ConfigMap'), 'no CustomResourceDefinition'],
])('inspectFlux() refuses %s', (_, text, reason) => {
  expect(inspectFlux(text, '2.9.4')).toEqual({ problem: expect.stringContaining(reason) as string });
});

test('selectComponents() takes controllers out, and leaves every other byte', () => {
  const selected = selectComponents(all, DEFAULT_COMPONENTS);
  if ('problem' in selected) throw new Error(selected.problem);
  expect(selected.text).toBe(installManifests(DEFAULT_COMPONENTS));
  expect(selectComponents(all, FLUX_COMPONENTS)).toEqual({ text: all });
});

test('selectComponents() does not take out the controller that all others talk to', () => {
  expect(selectComponents(all, ['source-controller', 'kustomize-controller'])).toEqual({
    problem: expect.stringContaining('notification-controller') as string,
  });
});
