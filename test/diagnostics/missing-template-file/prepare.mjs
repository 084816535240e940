// `templates/apps/api/` has a `kustomization.yaml` and no `template.yaml`.
import { mkdirSync, writeFileSync } from 'node:fs';

mkdirSync('templates/apps/api');
writeFileSync('templates/apps/api/kustomization.yaml', 'resources: []\n');
