// web.yaml.hbs is followed by a thousand ConfigMaps in a file of their own.
import { appendFileSync, writeFileSync } from 'node:fs';

const documents = Array.from({ length: 1000 }, (_, index) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: part-${index}}\n`);
writeFileSync('templates/apps/web/parts.yaml', documents.join('---\n'));
appendFileSync('templates/apps/web/kustomization.yaml', '- parts.yaml\n');
