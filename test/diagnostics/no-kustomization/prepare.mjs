// `templates/apps/web/` has no `kustomization.yaml`.
import { rmSync } from 'node:fs';

rmSync('templates/apps/web/kustomization.yaml');
