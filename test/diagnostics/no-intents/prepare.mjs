// The folder `intents/` is empty.
import { rmSync } from 'node:fs';

for (const name of ['clusters', 'retail']) rmSync(`intents/${name}.yaml`);
