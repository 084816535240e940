import { writeFileSync } from 'node:fs';

writeFileSync('intents/more.yaml', '# padding\n'.repeat(200_000));
