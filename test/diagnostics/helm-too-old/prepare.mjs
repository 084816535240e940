import { plantHelm } from '../_helm.mjs';

plantHelm({ version: 'v3.7.2' });
