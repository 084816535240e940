import { serve } from '../_server.mjs';

const labels = { 'emco/deployment-id': '1-web' };
const there = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'retail', labels, uid: 'u' }, data: { greeting: 'hi' } };
const causes = [
  { reason: 'FieldManagerConflict', message: 'conflict with "kubectl-edit" using v1', field: '.data.greeting' },
];
await serve({
  answers: {
    'GET /api/v1/namespaces/retail/configmaps/web': [200, there],
    'PATCH /api/v1/namespaces/retail/configmaps/web': [409, { reason: 'Conflict', details: { causes } }],
  },
});
