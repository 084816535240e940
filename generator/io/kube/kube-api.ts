import { Agent } from 'node:https';
import http from 'node:http';
import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import pRetry, { AbortError } from 'p-retry';
import { hideSecrets } from '../../lib/secret-shapes.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeAnswer, KubeApi, KubeRequest } from '../../model/ports.ts';

export interface KubeApiOptions {
  /** How long a server that does not answer is asked again, and something that is under way is waited for. */
  readonly patience: number;
  /** Ends waiting. */
  readonly signal: AbortSignal;
}

/** One attempt may take this long, in milliseconds. */
const ATTEMPT = 30_000;

/** Says "later": the API server is overloaded, starting, or behind a proxy that cannot reach it. */
const LATER: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** The API server of a kubeconfig's current context. Credentials are the library's business and go nowhere else. */
export function createKubeApi(config: KubeConfig, { patience, signal }: KubeApiOptions): KubeApi {
  const address = new URL(config.getCurrentCluster()?.server ?? '');
  const send = createSender(config, address);
  const pace = { retries: 1000, factor: 1.7, minTimeout: 100, maxTimeout: 5000, maxRetryTime: patience * 1000, signal };
  return {
    server: `${address.origin}${address.pathname.replace(/\/$/, '')}`,
    ask: (request) =>
      persist(() => send(request), { ...pace, isEnough: (answer) => answer.kind === 'answer' && !LATER.has(answer.status) }),
    askUntil: (request, accepts) => persist(() => send(request), { ...pace, maxTimeout: 1000, isEnough: accepts }),
    close: () => send.close(),
  };
}

interface Pace {
  readonly retries: number;
  readonly factor: number;
  readonly minTimeout: number;
  readonly maxTimeout: number;
  readonly maxRetryTime: number;
  readonly signal: AbortSignal;
  readonly isEnough: (answer: KubeAnswer) => boolean;
}

/** Asks again, with longer and longer pauses, until the answer will do or the time is over; the last answer. */
async function persist(ask: () => Promise<KubeAnswer>, { isEnough, ...pace }: Pace): Promise<KubeAnswer> {
  let last: KubeAnswer = { kind: 'lost', reason: 'the run was interrupted' };
  const attempt = async (): Promise<KubeAnswer> => {
    try {
      last = await ask();
    } catch (error) {
      // A credential that cannot be obtained, or our own bug.
      throw new AbortError(error instanceof Error ? error : String(error));
    }
    if (!isEnough(last)) throw new Error('not yet');
    return last;
  };
  try {
    return await pRetry(attempt, pace);
  } catch (error) {
    if (pace.signal.aborted || (error instanceof Error && error.message === 'not yet')) return last;
    throw error;
  }
}

interface Sender {
  (request: KubeRequest): Promise<KubeAnswer>;
  close(): void;
}

function createSender(config: KubeConfig, address: URL): Sender {
  let known: Promise<https.RequestOptions> | undefined;
  const options = (): Promise<https.RequestOptions> => (known ??= credentialsOf(config));
  const send = async (request: KubeRequest, isAgain = false): Promise<KubeAnswer> => {
    const isFresh = known === undefined;
    let credentials: https.RequestOptions;
    try {
      credentials = await options();
    } catch (error) {
      known = undefined;
      return { kind: 'lost', reason: `its credentials cannot be obtained: ${wordsOf(error)}` };
    }
    const answer = await exchange(request, { address, credentials });
    if (answer.kind === 'lost' || answer.status !== 401 || isFresh || isAgain) return answer;
    // A token may have expired on the way.
    known = undefined;
    return send(request, true);
  };
  const close = (): void => void known?.then(({ agent }) => (typeof agent === 'object' ? agent.destroy() : undefined));
  return Object.assign((request: KubeRequest) => send(request), { close });
}

/** Connections are kept, but where the library's own agent has to go through a proxy. */
async function credentialsOf(config: KubeConfig): Promise<https.RequestOptions> {
  const options: https.RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { agent } = options;
  if (!(agent instanceof Agent) || agent.constructor !== Agent) return options;
  return { ...options, agent: new Agent({ ...agent.options, keepAlive: true, maxSockets: 8 }) };
}

interface Exchange {
  readonly address: URL;
  readonly credentials: https.RequestOptions;
}

function exchange({ method, path, query = {}, body, contentType }: KubeRequest, { address, credentials }: Exchange): Promise<KubeAnswer> {
  const url = new URL(`${address.pathname.replace(/\/$/, '')}${path}`, address);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  const headers = {
    ...(credentials.headers as http.OutgoingHttpHeaders | undefined),
    Accept: 'application/json',
    'User-Agent': 'espalier',
    ...(body !== undefined && { 'Content-Type': contentType ?? 'application/json', 'Content-Length': Buffer.byteLength(body) }),
  };
  return new Promise((settle) => {
    const lose = (error: unknown): void => settle({ kind: 'lost', reason: wordsOf(error) });
    const { request } = url.protocol === 'http:' ? http : https;
    const sent = request(url, { ...credentials, method, headers, signal: AbortSignal.timeout(ATTEMPT) }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', lose);
      response.on('aborted', () => lose(new Error('the connection was cut')));
      response.on('end', () =>
        settle({ kind: 'answer', status: response.statusCode ?? 0, body: parse(Buffer.concat(parts).toString('utf8')) }),
      );
    });
    sent.on('error', lose);
    sent.end(body);
  });
}

/** What is no JSON object, such as a proxy's page, tells nothing. */
function parse(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'the connection was refused'],
  ['ECONNRESET', 'the connection was cut'],
  ['EPIPE', 'the connection was cut'],
  ['ENOTFOUND', 'its name cannot be found'],
  ['EAI_AGAIN', 'its name cannot be found now'],
  ['ETIMEDOUT', 'it does not answer in time'],
  ['EHOSTUNREACH', 'there is no way to it'],
  ['ENETUNREACH', 'there is no way to it'],
  ['ABORT_ERR', 'it does not answer in time'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is of an authority that the kubeconfig does not name'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is of an authority that the kubeconfig does not name'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is of an authority that the kubeconfig does not name'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
]);

function wordsOf(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error
      ? String(error.code)
      : error instanceof Error && error.name === 'TimeoutError'
        ? 'ABORT_ERR'
        : '';
  const known = WORDS.get(code);
  if (known !== undefined) return known;
  return hideSecrets((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '').slice(0, 300);
}
