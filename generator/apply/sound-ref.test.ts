import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ObjectRef } from '../model/apply.ts';
import { pathOf } from './kinds.ts';
import { faultIn, isApiVersion, isPathSegment, strangerIn } from './sound-ref.ts';

const ref: ObjectRef = { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'retail', name: 'web' };
const role: ObjectRef = { ...ref, group: 'rbac.authorization.k8s.io', kind: 'Role' };

test.each([
  ['an object of the core', ref],
  ['a role with colons', { ...role, name: 'system:node:A_b' }],
  ['an object of the cluster', { group: 'rig.example.net', version: 'v1beta1', kind: 'Widget', name: 'One' }],
])('%s is sound', (_, one: ObjectRef) => {
  expect(faultIn(one)).toBeUndefined();
});

test.each([
  ['a name of dots', { ...ref, name: '..' }],
  ['a name that is one dot', { ...role, name: '.' }],
  ['a role of dots', { ...role, name: '..' }],
  ['an encoded name', { ...role, name: '%2e%2e' }],
  ['a name with a slash', { ...role, name: 'a/b' }],
  ['a name with a line feed', { ...role, name: 'a\nb' }],
  ['half of a character', { ...role, name: '\ud800' }],
  ['a name that only roles may have', { ...ref, name: 'system:node' }],
  ['an empty name', { ...role, name: '' }],
  ['a namespace of dots', { ...ref, namespace: '..' }],
  ['a namespace with a dot', { ...ref, namespace: 'a.b' }],
  ['an empty namespace', { ...ref, namespace: '' }],
  ['a version of dots', { ...ref, version: '..' }],
  ['no version', { ...ref, version: '' }],
  ['a version that goes on', { ...role, version: 'v1/namespaces' }],
  ['a group of dots', { ...role, group: '..' }],
  ['a kind with a slash', { ...ref, kind: 'Config/Map' }],
])('%s is a fault', (_, one: ObjectRef) => {
  expect(faultIn(one)).toBeDefined();
});

/** Texts of what is dangerous in paths, and any others. */
const hostile = fc.oneof(
  fc
    .array(fc.constantFrom('.', '..', '/', '%', '%2e', '%2F', '?', '#', '\\', ':', ' ', '\n', '\t', 'a', 'é', '\ud800'), { maxLength: 4 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const config = { apiVersion: 'v1', plural: 'configmaps', isNamespaced: true };

describe('pathOf()', () => {
  test('leaves its collection for no name and no namespace', () => {
    fc.assert(
      fc.property(hostile, hostile, (namespace, name) => {
        if (!isPathSegment(namespace) || !isPathSegment(name)) {
          expect(() => pathOf(config, { namespace, name })).toThrow(RangeError);
          return;
        }
        const url = new URL(pathOf(config, { namespace, name }), 'https://server.example.net');
        const parts = url.pathname.split('/');
        expect([url.search, url.hash, url.host]).toEqual(['', '', 'server.example.net']);
        expect(parts.map(decodeURIComponent)).toEqual(['', 'api', 'v1', 'namespaces', namespace, 'configmaps', name]);
      }),
      { numRuns: 2000 },
    );
  });

  test('stays where versions and kinds are, for any that are sound', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.constantFrom('v1', 'apps/v1', 'a.b/v2beta1')), hostile, (apiVersion, plural) => {
        if (!isApiVersion(apiVersion) || !isPathSegment(plural)) return;
        const { pathname } = new URL(pathOf({ apiVersion, plural, isNamespaced: false }, { name: 'x' }), 'https://server.example.net');
        const base = apiVersion.includes('/') ? ['apis', ...apiVersion.split('/')] : ['api', apiVersion];
        expect(pathname.split('/').map(decodeURIComponent)).toEqual(['', ...base, plural, 'x']);
      }),
    );
  });

  test('what is found sound can be a path', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        if (faultIn({ ...role, name }) === undefined) expect(pathOf(config, { namespace: 'retail', name })).toContain('/configmaps/');
      }),
    );
  });
});

const live = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'retail' } };

test('what was asked for is no stranger, in another version of its group neither', () => {
  expect(strangerIn(live, ref, { isNamespaced: true })).toBeUndefined();
  expect(strangerIn({ ...live, apiVersion: 'v2' }, ref, { isNamespaced: true })).toBeUndefined();
  const { name } = live.metadata;
  expect(strangerIn({ ...live, metadata: { name } }, ref, { isNamespaced: false })).toBeUndefined();
});

test.each([
  ['kind', { ...live, kind: 'Namespace' }],
  ['group', { ...live, apiVersion: 'apps/v1' }],
  ['name', { ...live, metadata: { ...live.metadata, name: 'retail' } }],
  ['namespace', { ...live, metadata: { ...live.metadata, namespace: 'kube-system' } }],
  ['nothing at all', {}],
])('an object of another %s is a stranger', (_, one) => {
  expect(strangerIn(one, ref, { isNamespaced: true })).toMatch(/^asked for it, the server gave /);
});
