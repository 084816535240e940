import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

mkdirSync('checkout/.git', { recursive: true });
writeFileSync('checkout/.git/HEAD', 'ref: refs/heads/next\n');
writeFileSync('checkout/.git/config', '[remote "origin"]\n\turl = https://git.example.net/platform/trees.git\n');
rmSync('clusters', { recursive: true });
