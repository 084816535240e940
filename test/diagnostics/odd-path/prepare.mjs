import { writeFileSync } from 'node:fs';

// Shown as "retaillmay.x.yaml" where the direction mark is obeyed.
writeFileSync('intents/retail\u202ex.yaml', '');
