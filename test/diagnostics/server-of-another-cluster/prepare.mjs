import { inventory, serve } from '../_server.mjs';

await serve({ inventories: [inventory({ cluster: 'provider1+cluster9' })] });
