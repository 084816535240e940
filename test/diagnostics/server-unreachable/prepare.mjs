import { kubeconfig } from '../_server.mjs';

kubeconfig('https://127.0.0.1:1');
