import { plantHelm } from '../_helm.mjs';

plantHelm({ pull: `echo 'Error: chart "web" matching 1.2.3 not found in https://charts.example.net index.' >&2; exit 1` });
