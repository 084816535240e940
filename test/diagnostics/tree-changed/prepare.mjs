// Somebody writes `clusters/provider1+cluster1/references.yaml` while a package is being built.
import { mkdirSync, writeFileSync } from 'node:fs';

const program = `#!${process.execPath}
if (process.argv[2] === 'version') {
  console.log('v5.8.1');
} else {
  require('node:fs').writeFileSync(${JSON.stringify(`${process.cwd()}/clusters/provider1+cluster1/references.yaml`)}, '# Mine\\n');
  console.log('apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: web}');
}
`;
mkdirSync('bin');
writeFileSync('bin/kustomize', program, { mode: 0o755 });
