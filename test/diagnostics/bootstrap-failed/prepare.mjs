// The tree is committed, and kubectl may look at the cluster, but not change it.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, writeFileSync } from 'node:fs';

cpSync(new URL('../agent-changed/clusters', import.meta.url), 'clusters', { recursive: true });
writeFileSync('kubectl', '#!/bin/sh\ncase " $* " in *" get "*) exit 0 ;; esac\nexit 1\n');
chmodSync('kubectl', 0o755);
const git = (...args) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.net', '-c', 'commit.gpgsign=false', ...args]);
git('init', '--quiet', '--initial-branch=main');
git('add', '--all');
git('commit', '--quiet', '--message', 'Begin');
