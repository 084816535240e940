// The name of a file in `intents/` holds a direction mark, so that terminals and review tools show another name.
import { writeFileSync } from 'node:fs';

writeFileSync('intents/retail\u202ex.yaml', '');
