import { serve } from '../_server.mjs';

const message = 'configmaps "web" is forbidden: exceeded quota: retail';
await serve({ answers: { 'PATCH /api/v1/namespaces/retail/configmaps/web': [403, { reason: 'Forbidden', message }] } });
