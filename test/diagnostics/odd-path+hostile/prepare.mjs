import { writeFileSync } from 'node:fs';

// A workflow command for whoever prints the name as it is.
writeFileSync('intents/a\n::error::.yaml', '');
