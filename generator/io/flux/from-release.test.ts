import { afterEach, expect, test } from 'vitest';
import { type Answer, checksumsOf, type ReleaseServer, startServer } from '../../../test/support/flux-release.ts';
import { fromRelease } from './from-release.ts';

let server: ReleaseServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const TEXT = 'kind: Namespace\n';
const options = { timeoutMs: 5000, pausesMs: [] };

async function ask(change: Readonly<Record<string, Answer>> = {}, version = '2.9.4') {
  server = await startServer({
    '/v2.9.4/flux_2.9.4_checksums.txt': checksumsOf({ 'manifests.tar.gz': 'x', 'install.yaml': TEXT }),
    '/v2.9.4/install.yaml': TEXT,
    ...change,
  });
  return fromRelease(`${server.address}/`, version, options);
}

const named = (text: string): Readonly<Record<string, Answer>> => ({
  '/v2.9.4/flux_2.9.4_checksums.txt': checksumsOf({ 'install.yaml': text }),
  '/v2.9.4/install.yaml': text,
});

test('a release is taken as it is, and its address is told', async () => {
  expect(await ask()).toEqual({ kind: 'obtained', text: TEXT, from: `${server!.address}/v2.9.4/install.yaml` });
});

test('the release may lie elsewhere, as that of Flux does', async () => {
  const moved: Answer = (response) => response.writeHead(302, { location: '/assets/1?signature=x' }).end();
  expect(await ask({ '/v2.9.4/install.yaml': moved, '/assets/1?signature=x': TEXT })).toMatchObject({ text: TEXT });
});

test('a file with another checksum is not taken', async () => {
  expect(await ask({ '/v2.9.4/install.yaml': `${TEXT}# changed\n` })).toMatchObject({ kind: 'wrong-checksum', file: 'install.yaml' });
});

test.each<[string, Readonly<Record<string, Answer>>, string]>([
  ['does not name its manifests', { '/v2.9.4/flux_2.9.4_checksums.txt': checksumsOf({ other: 'x' }) }, 'does not name install.yaml'],
  ['has checksums that are none', { '/v2.9.4/flux_2.9.4_checksums.txt': 'install.yaml is fine\n' }, 'does not name install.yaml'],
  [
    'answers with a page',
    { '/v2.9.4/install.yaml': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>') },
    'install.yaml: the server sent a web page',
  ],
  ['is too large', named(`#${'x'.repeat(1024 * 1024)}\n`), 'larger than 1 MiB'],
  ['is cut short', { '/v2.9.4/install.yaml': cutShort }, 'broke off'],
  ['is binary', named('a\u0000b'), 'it is not text'],
  ['has a byte order mark', named(`\uFEFF${TEXT}`), 'byte order mark'],
  [
    'leads out of HTTPS',
    { '/v2.9.4/install.yaml': (response) => response.writeHead(302, { location: 'http://example.com/' }).end() },
    'only HTTPS is',
  ],
])('a release that %s is not taken', async (_, change, reason) => {
  expect(await ask(change)).toEqual({ kind: 'failed', reason: expect.stringContaining(reason) as string });
});

test('a version that is not there is told', async () => {
  expect(await ask({}, '2.9.5')).toEqual({ kind: 'failed', reason: 'flux_2.9.5_checksums.txt: the server does not have it (404)' });
});

function cutShort(response: Parameters<Exclude<Answer, string>>[0]): void {
  response.writeHead(200, { 'content-length': '500' });
  response.write(TEXT);
  response.socket?.destroySoon();
}
