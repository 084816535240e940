import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Answer, type ReleaseServer, startServer } from '../../test/support/flux-release.ts';
import { download } from './download.ts';

const servers: ReleaseServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(answers: Readonly<Record<string, Answer>>): Promise<ReleaseServer> {
  const server = await startServer(answers);
  servers.push(server);
  return server;
}

const options = { timeoutMs: 5000, pausesMs: [0, 0], largest: 1000 };

const redirect =
  (location: string): Answer =>
  (response) =>
    response.writeHead(302, { location }).end();

test.each<[string, Answer, string | RegExp]>([
  ['a page', (response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'), /web page/],
  ['a file that is too large', 'x'.repeat(1001), /larger than/],
  [
    'a file that is too large and does not say so',
    (response) => {
      response.writeHead(200);
      response.write('x'.repeat(900));
      response.end('x'.repeat(900));
    },
    /larger than/,
  ],
  ['a redirect to plain HTTP', redirect('http://example.com/file'), /only HTTPS is/],
  ['a redirect to a file', redirect('file:///etc/passwd'), /only HTTPS is/],
  ['a redirect without end', redirect('/file'), /more than 5 redirects/],
  ['no permission', (response) => response.writeHead(403).end(), 'the server answered 403'],
])('download() refuses %s, and does not ask again', async (_, answer, reason) => {
  const { address, asked } = await serve({ '/file': answer });
  expect(await download(`${address}/file`, options)).toEqual({ ok: false, reason: expect.stringMatching(reason) as string });
  expect(asked.length).toBe(/redirects/.test(String(reason)) ? 6 : 1);
});

test.each<[string, Answer, string]>([
  ['has trouble', (response) => response.writeHead(503).end(), 'the server answered 503'],
  [
    'breaks off',
    (response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('half');
      response.socket?.destroySoon();
    },
    'broke off',
  ],
  ['hangs', () => undefined, 'took longer than 0.2 s'],
])('download() asks a server that %s three times', async (_, answer, reason) => {
  const { address, asked } = await serve({ '/file': answer });
  const result = await download(`${address}/file`, { ...options, timeoutMs: 200 });
  expect(result).toEqual({ ok: false, reason: expect.stringContaining(reason) as string });
  expect(asked.length).toBe(3);
});

test('download() gets what comes at the second attempt, through redirects, byte for byte', async () => {
  let attempts = 0;
  const { address } = await serve({
    '/file': redirect('/there'),
    '/there': (response) => {
      attempts += 1;
      if (attempts === 1) response.writeHead(502).end();
      else response.writeHead(200).end('a\r\nb\u0000');
    },
  });
  expect(await download(`${address}/file`, options)).toEqual({ ok: true, bytes: Buffer.from('a\r\nb\u0000') });
});

test.each([
  ['http://example.com/file', 'http://example.com is not asked: only HTTPS is'],
  ['ftp://127.0.0.1/file', 'ftp://127.0.0.1 is not asked: only HTTPS is'],
  ['no address', 'the address is none'],
  ['https://user:hidden@example.com/file', 'an address with a user or a password in it is not asked'],
])('download() does not ask %s', async (address, reason) => {
  expect(await download(address, options)).toEqual({ ok: false, reason });
});

test('download() says that nobody answers', async () => {
  const port = await freePort();
  const result = await download(`http://127.0.0.1:${port}/file`, options);
  expect(result).toEqual({
    ok: false,
    reason: `http://127.0.0.1:${port} cannot be reached: it, or the proxy to it, takes no connection`,
    isUnreached: true,
  });
});

describe('a proxy', () => {
  const connects: string[] = [];
  let proxy: Server;
  beforeEach(async () => {
    for (const name of ['https_proxy', 'http_proxy', 'no_proxy', 'NO_PROXY', 'HTTP_PROXY']) vi.stubEnv(name, undefined);
    connects.length = 0;
    proxy = createHttpServer();
    proxy.on('connect', ({ url = '' }, socket) => {
      connects.push(url);
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('HTTPS_PROXY', `http://user:hidden@127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await new Promise((resolve) => proxy.close(resolve));
  });

  test('is asked for a tunnel, and what it answers is told', async () => {
    expect(await download('https://releases.invalid/file', options)).toEqual({
      ok: false,
      reason: 'https://releases.invalid cannot be reached: the proxy answered 407',
      isUnreached: true,
    });
    expect(connects).toEqual(['releases.invalid:443']);
  });

  test('is passed by for what NO_PROXY names, and for this machine', async () => {
    vi.stubEnv('NO_PROXY', '.invalid');
    const { ok } = await download('https://releases.invalid/file', { ...options, pausesMs: [] });
    const { address } = await serve({ '/file': 'x' });
    expect([ok, (await download(`${address}/file`, options)).ok, connects]).toEqual([false, true, []]);
  });

  test.each([
    ['no address', 'the proxy in HTTPS_PROXY is no address'],
    [
      'http://proxy.invalid:3128',
      /^https:\/\/releases\.invalid cannot be reached: the name of the proxy, "proxy\.invalid", (?:is not known here|cannot be looked up)$/,
    ],
  ])('%j is told', async (address, reason) => {
    vi.stubEnv('HTTPS_PROXY', address);
    expect(await download('https://releases.invalid/file', { ...options, pausesMs: [] })).toMatchObject({
      reason: expect.stringMatching(reason) as string,
      isUnreached: true,
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
