import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

mkdirSync('checkout/.git', { recursive: true });
writeFileSync('checkout/.git/HEAD', 'ref: refs/heads/main\n');
writeFileSync('checkout/.git/config', '[remote "origin"]\n\turl = robot:hunter2hunter2@git.example.net:platform/other\n\turl = //robot:hunter2hunter2@git.example.net/platform/other\n');
rmSync('clusters', { recursive: true });
