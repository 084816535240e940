// No cluster has a folder in `clusters/` yet.
import { rmSync } from 'node:fs';

rmSync('clusters', { recursive: true });
