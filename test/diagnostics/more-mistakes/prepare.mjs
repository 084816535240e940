// `intents/more.yaml` is a Cluster whose `spec` has 150 fields that do not exist.
import { writeFileSync } from 'node:fs';

const fields = Array.from({ length: 150 }, (_, index) => `  field${index}: 1\n`).join('');
writeFileSync('intents/more.yaml', `apiVersion: espalier.dev/v1alpha1\nkind: Cluster\nmetadata: {name: cluster3}\nspec:\n  provider: provider1\n${fields}`);
