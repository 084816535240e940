// There is neither a folder `intents/` nor `templates/`.
import { rmSync } from 'node:fs';

rmSync('intents', { recursive: true });
rmSync('templates', { recursive: true });
