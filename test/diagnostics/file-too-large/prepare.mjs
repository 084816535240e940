// `intents/more.yaml` has two million characters.
import { writeFileSync } from 'node:fs';

writeFileSync('intents/more.yaml', '# padding\n'.repeat(200_000));
