import { writeFileSync } from 'node:fs';

writeFileSync('intents/Retail.yaml', '');
