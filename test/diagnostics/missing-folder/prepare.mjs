// There is no folder `templates/`.
import { rmSync } from 'node:fs';

rmSync('templates', { recursive: true });
