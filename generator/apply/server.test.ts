import { expect, test } from 'vitest';
import type { KubeObject } from '../model/kube.ts';
import type { KubeApi, KubeRequest } from '../model/ports.ts';
import { createServer } from './server.ts';

/** A server that knows one kind, of the whole cluster, and takes everything. */
function wholeClusterKind(): { readonly api: KubeApi; readonly asked: KubeRequest[] } {
  const asked: KubeRequest[] = [];
  const kind = { name: 'grants', kind: 'Grant', namespaced: false, verbs: ['get', 'patch'] };
  const api: KubeApi = {
    server: 'https://example.net',
    ask: (request) => {
      asked.push(request);
      const body = request.path === '/apis/example.org/v1' ? { resources: [kind] } : {};
      return Promise.resolve({ kind: 'answer', status: 200, body });
    },
    askUntil: (request) => api.ask(request),
    close: () => undefined,
  };
  return { api, asked };
}

const grant = (namespace?: string): KubeObject => ({
  apiVersion: 'example.org/v1',
  kind: 'Grant',
  metadata: { name: 'all', ...(namespace !== undefined && { namespace }) },
});
const options = { dryRun: false, force: false };

test('an object in a tenant’s namespace is not applied to the whole cluster', async () => {
  const { api, asked } = wholeClusterKind();
  const reply = await createServer(api).apply(grant('retail'), options);
  expect(reply).toEqual({ failure: { kind: 'refused', reason: expect.stringContaining('"retail" in the tree') as string } });
  expect(asked.filter(({ method }) => method === 'PATCH')).toEqual([]);
});

test.each([
  ['one that the tree has without a namespace', grant(), options],
  ['an administrators’ one', grant('platform'), { ...options, isAdmins: true }],
])('%s is applied without a namespace', async (_, object, given) => {
  const { api, asked } = wholeClusterKind();
  expect(await createServer(api).apply(object, given)).toEqual({ value: {} });
  const [patch] = asked.filter(({ method }) => method === 'PATCH');
  expect(patch?.path).toBe('/apis/example.org/v1/grants/all');
  expect(patch?.body).not.toContain('namespace');
});
