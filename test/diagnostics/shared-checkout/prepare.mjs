import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

mkdirSync('checkout/.git', { recursive: true });
writeFileSync('checkout/.git/HEAD', 'ref: refs/heads/main\n');
cpSync('clusters', 'checkout/clusters', { recursive: true });
rmSync('clusters', { recursive: true });
