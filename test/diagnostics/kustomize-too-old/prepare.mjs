// `old/kustomize` is kustomize 5.7.1.
import { mkdirSync, writeFileSync } from 'node:fs';

mkdirSync('old');
writeFileSync('old/kustomize', '#!/bin/sh\necho v5.7.1\n', { mode: 0o755 });
