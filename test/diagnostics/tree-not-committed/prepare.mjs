import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const git = (...args) => execFileSync('git', ['-c', 'user.name=sample', '-c', 'user.email=sample@localhost', '-c', 'commit.gpgsign=false', ...args]);
git('init', '--quiet');
git('add', '--all');
git('commit', '--quiet', '--message', 'Render');
appendFileSync('clusters/provider1+cluster3/context/1/app/web/web-configmap.yaml', '  farewell: bye\n');
