import { inventory, serve } from '../_server.mjs';

await serve({ inventories: [inventory({ app: 'web' }), inventory({ app: 'api' })] });
