import { serve } from '../_server.mjs';

await serve();
