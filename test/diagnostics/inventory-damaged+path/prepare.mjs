import { inventory, serve } from '../_server.mjs';

await serve({ inventories: [inventory({ objects: '/v1/ConfigMap/retail/..' })] });
