import { serve } from '../_server.mjs';

const managedFields = [{ manager: 'kubectl-client-side-apply', operation: 'Update' }];
await serve({ answers: { 'GET /api/v1/namespaces/retail/configmaps/web': [200, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'retail', managedFields } }] } });
