import { rmSync } from 'node:fs';

rmSync('clusters', { recursive: true });
