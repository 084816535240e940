import { createHash } from 'node:crypto';
import { accessSync, constants, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';

const CHARTS = new URL('../fixtures/charts/', import.meta.url).pathname;

/** Helm programs: those of ESPALIER_HELM, else what scripts/helm-binary.ts built, else the one in PATH. */
export function findHelms(): readonly string[] {
  const given = process.env['ESPALIER_HELM'];
  if (given !== undefined && given !== '') return given.split(delimiter);
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'espalier');
  const built = ['helm-v4.3.1', 'helm-v3.22.0'].map((name) => join(cache, name, 'helm')).filter(isProgram);
  const own = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'helm'))
    .find(isProgram);
  return built.length > 0 || own === undefined ? built : [own];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Chart repositories on loopback: one with an index, one that plays an OCI registry. */
export interface ChartServer {
  readonly http: string;
  readonly oci: string;
  /** Packages the fixture anew, with other contents of some files. */
  readonly publish: (files?: Readonly<Record<string, string>>) => Promise<void>;
  readonly close: () => void;
}

/** Serves the chart `web` 1.2.3. */
export async function serveCharts(helm: string): Promise<ChartServer> {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-charts-'));
  const { server, port } = await listen(folder);
  const publish = async (files: Readonly<Record<string, string>> = {}): Promise<void> => {
    cpSync(join(CHARTS, 'web'), join(folder, 'web'), { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, 'web', path), text);
    await execa(helm, ['package', 'web', '--destination', '.'], { cwd: folder });
    await execa(helm, ['repo', 'index', '.'], { cwd: folder });
  };
  await publish();
  return {
    http: `http://127.0.0.1:${port}`,
    oci: `oci://127.0.0.1:${port}/charts`,
    publish,
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listen(folder: string): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(({ url = '/', method }, response) => {
    const found = url.startsWith('/v2/') ? fromRegistry(url, folder) : fromIndex(url, folder);
    const { type, body, digest } = found ?? { type: 'text/plain', body: Buffer.from('not found'), digest: undefined };
    response.writeHead(found ? 200 : 404, {
      'Content-Type': type,
      'Content-Length': body.byteLength,
      ...(digest !== undefined && { 'Docker-Content-Digest': digest }),
    });
    response.end(method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

interface Found {
  readonly type: string;
  readonly body: Buffer;
  readonly digest?: string;
}

function fromIndex(url: string, folder: string): Found | undefined {
  return /^\/(?:index\.yaml|web-1\.2\.3\.tgz)$/.test(url)
    ? { type: 'application/octet-stream', body: readFileSync(join(folder, url)) }
    : undefined;
}

/** As much of the OCI distribution API as a pull asks for. */
function fromRegistry(url: string, folder: string): Found | undefined {
  const layer = readFileSync(join(folder, 'web-1.2.3.tgz'));
  const config = Buffer.from(JSON.stringify({ apiVersion: 'v2', name: 'web', version: '1.2.3' }));
  const describe = (mediaType: string, body: Buffer) => ({ mediaType, digest: digestOf(body), size: body.byteLength });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: describe('application/vnd.cncf.helm.config.v1+json', config),
      layers: [describe('application/vnd.cncf.helm.chart.content.v1.tar+gzip', layer)],
    }),
  );
  if (url === '/v2/') return { type: 'application/json', body: Buffer.from('{}') };
  const digest = digestOf(manifest);
  if (url === '/v2/charts/web/manifests/1.2.3' || url === `/v2/charts/web/manifests/${digest}`)
    return { type: 'application/vnd.oci.image.manifest.v1+json', body: manifest, digest };
  const blob = [layer, config].find((body) => url === `/v2/charts/web/blobs/${digestOf(body)}`);
  return blob && { type: 'application/octet-stream', body: blob, digest: digestOf(blob) };
}

function digestOf(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}
