// Beside `intents/retail.yaml` there is `intents/Retail.yaml`.
import { readdirSync, writeFileSync } from 'node:fs';

const head = 'apiVersion: espalier.dev/v1alpha1\nkind: SyncObject\nmetadata: {name: other-git}\n';
writeFileSync('intents/Retail.yaml', `${head}spec: {provider: provider1, type: git, git: {url: https://example.com/other, branch: main}}\n`);
// Where case is ignored, both are one file, and there is nothing to show.
if (!readdirSync('intents').includes('Retail.yaml')) process.exit(77);
