import { inventory, serve } from '../_server.mjs';

await serve({ inventories: [inventory({ objects: 'everything' })] });
