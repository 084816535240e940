import { rmSync } from 'node:fs';

rmSync('templates', { recursive: true });
