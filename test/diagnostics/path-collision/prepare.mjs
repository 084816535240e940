// Beside `intents/retail.yaml` there is `intents/Retail.yaml`.
import { readdirSync, writeFileSync } from 'node:fs';

writeFileSync('intents/Retail.yaml', '');
// Where case is ignored, both are one file, and there is nothing to show.
if (!readdirSync('intents').includes('Retail.yaml')) process.exit(77);
