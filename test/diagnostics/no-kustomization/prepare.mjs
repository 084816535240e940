import { rmSync } from 'node:fs';

rmSync('templates/apps/web/kustomization.yaml');
