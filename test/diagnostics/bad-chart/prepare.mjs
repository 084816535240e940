import { plantHelm } from '../_helm.mjs';

plantHelm({ manifests: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: b, a: c}\n' });
