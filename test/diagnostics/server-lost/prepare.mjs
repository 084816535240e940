import { serve } from '../_server.mjs';

await serve({ answers: { 'PATCH /api/v1/namespaces/retail/configmaps/web': 'cut' } });
