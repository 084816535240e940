import { execa } from 'execa';
import type { ExpectedObject } from '../model/bootstrap.ts';
import type { JsonObject } from '../model/json.ts';
import { findProgram } from './kustomize/find-program.ts';

const LONGEST_MS = 30_000;

/** What kubectl says of an object. */
export type Looked =
  | { readonly kind: 'there'; readonly object: JsonObject }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface ClusterAccess {
  readonly context: string;
  /** The program, by path or name. */
  readonly kubectl: string;
  /** Absent: as kubectl finds it by itself. */
  readonly kubeconfig: string | undefined;
}

/** The options by which kubectl is told which cluster is meant. */
export function accessOptions({ context, kubeconfig }: Pick<ClusterAccess, 'context' | 'kubeconfig'>): readonly string[] {
  return [...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]), '--context', context];
}

/** Looks at one object, and changes nothing. Of a Secret only its name is asked for. */
export async function lookAt({ resource, namespace, name }: ExpectedObject, access: ClusterAccess): Promise<Looked> {
  const where = namespace === undefined ? [] : ['--namespace', namespace];
  const output = resource === 'secrets' ? 'jsonpath={.metadata.name}' : 'json';
  const args = [
    ...accessOptions(access),
    'get',
    resource,
    name,
    ...where,
    '--ignore-not-found',
    '--request-timeout=20s',
    '--output',
    output,
  ];
  const { exitCode, stdout, stderr, timedOut, code } = await execa(await findProgram(access.kubectl), args, {
    reject: false,
    timeout: LONGEST_MS,
    stdin: 'ignore',
    maxBuffer: 16 * 1024 * 1024,
  });
  if (exitCode === 0 && stdout.trim() === '') return { kind: 'absent' };
  if (exitCode === 0) return { kind: 'there', object: resource === 'secrets' ? {} : (JSON.parse(stdout) as JsonObject) };
  // A kind that the cluster does not know yet.
  if (/the server doesn't have a resource type|no matches for kind|could not find the requested resource/.test(stderr))
    return { kind: 'absent' };
  if (code === 'ENOENT') return { kind: 'failed', reason: `there is no program ${access.kubectl}` };
  return { kind: 'failed', reason: timedOut ? 'it did not answer in time' : (stderr.trim().split('\n').at(-1) ?? 'kubectl failed') };
}

/** Runs a step's command, whose output goes where ours goes; `undefined`: it succeeded. */
export async function runCommand(
  [program = '', ...args]: readonly string[],
  { cwd, isQuiet }: { readonly cwd: string; readonly isQuiet: boolean },
): Promise<string | undefined> {
  // What a command prints must not be mixed with our JSON.
  const output = isQuiet ? 'ignore' : 'inherit';
  const { exitCode, code } = await execa(await findProgram(program), args, {
    cwd,
    reject: false,
    stdin: 'ignore',
    stdout: output,
    stderr: output,
  });
  if (exitCode === 0) return undefined;
  return code === 'ENOENT'
    ? `there is no program ${program}`
    : `it ended with ${exitCode === undefined ? 'no exit code' : `exit code ${exitCode}`}`;
}
