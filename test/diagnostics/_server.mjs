// Stands for an API server in samples of `espalier apply`: answers what it was told to, until the sample's folder is gone.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const KINDS = {
  '/api/v1': [
    ['configmaps', 'ConfigMap', true],
    ['namespaces', 'Namespace', false],
  ],
  '/apis/apps/v1': [['deployments', 'Deployment', true]],
};
const INVENTORIES = '/api/v1/namespaces/espalier-system/configmaps';

/** An inventory as the server keeps it. */
export function inventory({ cluster = 'provider1+cluster3', app = 'web', objects = '/v1/ConfigMap/retail/web', ...data }) {
  const metadata = { name: `inventory-1-${app}`, namespace: 'espalier-system', uid: `uid-${app}`, resourceVersion: '1' };
  return { metadata, data: { app, cluster, context: '1', objects, ...data } };
}

/** Starts the server in the background; the kubeconfig in the working folder leads there. `answers`: by `METHOD path`, status and body. */
export async function serve({ inventories = [], answers = {} } = {}) {
  const kinds = Object.fromEntries(
    Object.entries(KINDS).map(([path, list]) => [
      `GET ${path}`,
      [200, { resources: list.map(([name, kind, namespaced]) => ({ name, kind, namespaced, verbs: ['get', 'list', 'patch', 'delete'] })) }],
    ]),
  );
  const known = { 'GET /version': [200, { gitVersion: 'v1.36.3' }], [`GET ${INVENTORIES}`]: [200, { items: inventories }], ...kinds, ...answers };
  writeFileSync('answers.json', JSON.stringify(known));
  spawn(process.execPath, [fileURLToPath(import.meta.url)], { detached: true, stdio: 'ignore' }).unref();
  while (!existsSync('port')) await new Promise((resolve) => setTimeout(resolve, 20));
  kubeconfig(`http://127.0.0.1:${readFileSync('port', 'utf8')}`);
}

export function kubeconfig(server) {
  const context = 'provider1+cluster3';
  writeFileSync(
    'kubeconfig',
    JSON.stringify({
      clusters: [{ name: context, cluster: { server, 'insecure-skip-tls-verify': true } }],
      users: [{ name: context, user: {} }],
      contexts: [{ name: context, context: { cluster: context, user: context } }],
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const answers = JSON.parse(readFileSync('answers.json', 'utf8'));
  const folder = process.cwd();
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const [path] = request.url.split('?');
      // What is recorded is taken; all else is as the sample says.
      const isRecord = request.method === 'PATCH' && (path.startsWith(INVENTORIES) || path === '/api/v1/namespaces/espalier-system');
      const echoed = isRecord ? JSON.parse(Buffer.concat(parts).toString('utf8')) : undefined;
      const stored = echoed && { ...echoed, metadata: { ...echoed.metadata, uid: 'uid', resourceVersion: '2' } };
      const known = answers[`${request.method} ${decodeURIComponent(path)}`] ?? answers[request.method];
      if (known === 'cut') return void request.socket.destroy();
      const [status, body] = stored ? [200, stored] : (known ?? [404, { reason: 'NotFound', message: 'not found' }]);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1', () => {
    writeFileSync('port.new', String(server.address().port));
    // Whoever waits for the file must find it whole.
    renameSync('port.new', 'port');
  });
  setInterval(() => existsSync(folder) || process.exit(), 500);
  setTimeout(() => process.exit(), 120_000);
}
