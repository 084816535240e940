import { setTimeout as wait } from 'node:timers/promises';
import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch, type Response } from 'undici';

export interface DownloadOptions {
  /** For one attempt, from the first byte asked for to the last one read. */
  readonly timeoutMs: number;
  /** Pauses before further attempts, where another may help. */
  readonly pausesMs: readonly number[];
}

/** `isUnreached`: nobody answered, so that it says nothing about the file. */
export type Downloaded =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string; readonly isUnreached?: true };

type Attempt = Downloaded | { readonly ok: false; readonly reason: string; readonly isUnreached?: true; readonly mayHelp: true };

const MOST_REDIRECTS = 5;

/**
 * A file from a web server. HTTPS only, redirects included; a server on this machine may speak HTTP. At most `largest` bytes are read. Goes
 * through the proxy that HTTPS_PROXY names, but for hosts that NO_PROXY names and for this machine.
 */
export async function download(address: string, options: DownloadOptions & { readonly largest: number }): Promise<Downloaded> {
  const dispatcher = openConnections(isLoopback(address));
  if (!dispatcher) return { ok: false, reason: 'the proxy in HTTPS_PROXY is no address', isUnreached: true };
  try {
    for (const pause of [...options.pausesMs, undefined]) {
      const attempt = await attemptOnce(address, { ...options, dispatcher });
      if (attempt.ok || !('mayHelp' in attempt)) return attempt;
      if (pause === undefined) return { ok: false, reason: attempt.reason, ...(attempt.isUnreached && { isUnreached: true }) };
      await wait(pause);
    }
    throw new Error('unreachable');
  } finally {
    await dispatcher.destroy();
  }
}

/** `undefined`: the environment names a proxy that is no address. */
function openConnections(isLocal: boolean): Dispatcher | undefined {
  try {
    return isLocal ? new Agent() : new EnvHttpProxyAgent();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

async function attemptOnce(
  address: string,
  { timeoutMs, largest, dispatcher }: { readonly timeoutMs: number; readonly largest: number; readonly dispatcher: Dispatcher },
): Promise<Attempt> {
  const signal = AbortSignal.timeout(timeoutMs);
  const isLocal = isLoopback(address);
  let next = address;
  try {
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      const refusal = refuse(next, isLocal);
      if (refusal !== undefined) return { ok: false, reason: refusal };
      const response = await fetch(next, { redirect: 'manual', signal, dispatcher });
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (location === null) return await readBody(response, largest);
      await response.body?.cancel();
      next = new URL(location, next).href;
    }
    return { ok: false, reason: `there were more than ${MOST_REDIRECTS} redirects` };
  } catch (error) {
    return explain(error, { address: next, timeoutMs });
  }
}

/** A redirect must not lead from the web into this machine or to a connection that anybody can read. */
function refuse(address: string, isLocal: boolean): string | undefined {
  if (!URL.canParse(address)) return 'the address is none';
  const { username, password } = new URL(address);
  if (username !== '' || password !== '') return 'an address with a user or a password in it is not asked';
  if (isLoopback(address) && isLocal) return undefined;
  return new URL(address).protocol === 'https:' && !isLoopback(address) ? undefined : `${hostOf(address)} is not asked: only HTTPS is`;
}

function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && (hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname));
}

function hostOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

async function readBody(response: Response, largest: number): Promise<Attempt> {
  const { status, headers, body } = response;
  const stop = async (reason: string, mayHelp = false): Promise<Attempt> => {
    await body?.cancel();
    return mayHelp ? { ok: false, reason, mayHelp } : { ok: false, reason };
  };
  if (status === 404) return stop('the server does not have it (404)');
  if (status !== 200) return stop(`the server answered ${status}`, status >= 500 || status === 429 || status === 408);
  if (headers.get('content-type')?.startsWith('text/html')) return stop('the server sent a web page instead of a file');
  if (Number(headers.get('content-length') ?? 0) > largest) return stop(tooLarge(largest));
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (length > largest) return { ok: false, reason: tooLarge(largest) };
    chunks.push(chunk);
  }
  return { ok: true, bytes: Buffer.concat(chunks) };
}

function tooLarge(largest: number): string {
  return `it is larger than ${largest / 1024 / 1024} MiB`;
}

interface Circumstances {
  readonly address: string;
  readonly timeoutMs: number;
}

/** What the connection complains of. Names that nobody knows and certificates that nobody trusts do not get better by waiting. */
function explain(error: unknown, { address, timeoutMs }: Circumstances): Attempt {
  if (!(error instanceof Error)) throw error;
  const host = hostOf(address);
  if (error.name === 'TimeoutError') return { ok: false, reason: `${host} took longer than ${timeoutMs / 1000} s`, mayHelp: true };
  const code = codeOf(error);
  // Anything that fetch() did not wrap is our own bug.
  if (code === undefined) throw error;
  const unreached = (why: string) => ({ ok: false, reason: `${host} cannot be reached: ${why}`, isUnreached: true }) as const;
  const refusal = /Proxy response \((\d{3})\)/.exec(messageOf(error))?.[1];
  if (refusal !== undefined) return unreached(`the proxy answered ${refusal}`);
  const other = hostname(error);
  const name = other === undefined || other === new URL(address).hostname ? 'its name' : `the name of the proxy, "${other}",`;
  if (code === 'ENOTFOUND') return unreached(`${name} is not known here`);
  if (code === 'EAI_AGAIN') return { ...unreached(`${name} cannot be looked up`), mayHelp: true };
  if (code === 'ECONNREFUSED') return { ...unreached('it, or the proxy to it, takes no connection'), mayHelp: true };
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return { ok: false, reason: `the certificate of ${host} is not trusted (${code})` };
  return { ok: false, reason: `the connection to ${host} broke off (${code})`, mayHelp: true };
}

/** The host whose name was looked up: that of the server, or of the proxy. */
function hostname({ cause }: Error): string | undefined {
  return cause instanceof Error && 'hostname' in cause && typeof cause.hostname === 'string' ? cause.hostname : undefined;
}

/** What each cause says, down to the first. */
function messageOf({ cause }: Error): string {
  return cause instanceof Error ? `${cause.message}\n${messageOf(cause)}` : '';
}

function codeOf({ cause }: Error): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  if ('code' in cause) return String(cause.code);
  return cause instanceof AggregateError ? codeOf(new Error('', { cause: cause.errors[0] })) : cause.name;
}
