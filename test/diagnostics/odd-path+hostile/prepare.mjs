// The name of a file in `intents/` holds a line break and a workflow command for whoever prints it as it is.
import { writeFileSync } from 'node:fs';

writeFileSync('intents/a\n::error::.yaml', '');
