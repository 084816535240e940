// `clusters/provider1+cluster1/flux-system/gotk-components.yaml` was deleted.
import { rmSync } from 'node:fs';

rmSync('clusters/provider1+cluster1/flux-system/gotk-components.yaml');
