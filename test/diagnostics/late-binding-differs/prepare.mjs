// `bin/kustomize` is a kustomize that computes with all values: it counts the characters of its input.
import { mkdirSync, writeFileSync } from 'node:fs';

const program = `#!${process.execPath}
if (process.argv[2] === 'version') {
  console.log('v5.8.1');
} else {
  const { length } = require('node:fs').readFileSync(process.argv[3] + '/web.yaml', 'utf8');
  console.log('apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: web}\\ndata: {length: "' + length + '"}');
}
`;
mkdirSync('bin');
writeFileSync('bin/kustomize', program, { mode: 0o755 });
