import { serve } from '../_server.mjs';

const message = 'Secret "web" is invalid: data.token: Invalid value: "hush-hush-hush"';
const details = { causes: [{ field: 'data.token' }] };
const path = '/api/v1/namespaces/retail/secrets/web';
const resources = [{ name: 'secrets', kind: 'Secret', namespaced: true, verbs: ['patch'] }];
await serve({
  answers: { 'GET /api/v1': [200, { resources: [...resources, { name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: [] }, { name: 'namespaces', kind: 'Namespace', verbs: [] }] }], [`PATCH ${path}`]: [422, { reason: 'Invalid', message, details }] },
});
