// parts.yaml is a ConfigMap with 6,000 keys.
import { appendFileSync, writeFileSync } from 'node:fs';

const lines = Array.from({ length: 6000 }, (_, index) => `  part-${index}: "on"\n`);
writeFileSync('templates/apps/web/parts.yaml', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: parts}\ndata:\n${lines.join('')}`);
appendFileSync('templates/apps/web/kustomization.yaml', '- parts.yaml\n');
