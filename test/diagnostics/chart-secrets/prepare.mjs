import { plantHelm } from '../_helm.mjs';

plantHelm({ manifests: 'apiVersion: v1\nkind: Secret\nmetadata: {name: web-login}\nstringData: {password: drawn-at-random}\n' });
