import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { hideSecrets } from '../lib/secret-shapes.ts';
import type { Outcome } from '../model/diagnostic.ts';
import { findProgram } from './kustomize/find-program.ts';

/** The first whose `pull` and `template` know OCI registries without an experiment. */
const OLDEST = [3, 8] as const;
const LONGEST_MS = 120_000;
const LARGEST_OUTPUT = 64 * 1024 * 1024;

export interface ChartAddress {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
  readonly plainHttp: boolean;
}

export interface PulledChart {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** `sha256:…`: of the registry's manifest, or of the archive where there is no registry. */
  readonly digest: string;
}

export interface TemplateRequest {
  readonly release: string;
  readonly chart: string;
  readonly namespace: string;
  readonly values: string | undefined;
  readonly kubeVersion: string | undefined;
}

/** What helm was asked for, or what it says instead. */
export type HelmResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** A helm program. It uses its owner's logins, and nothing else of theirs: no cluster, no plugins, no cache. */
export interface Helm {
  readonly version: string;
  pull(address: ChartAddress): Promise<HelmResult<PulledChart>>;
  /** The rendered manifests, resource definitions included. */
  template(request: TemplateRequest): Promise<HelmResult<string>>;
}

/** Finds a helm program, of version 3.8 or newer, and gives it a folder to work in. */
export async function openHelm(path: string, folder: string): Promise<Outcome<Helm | undefined>> {
  const program = await findProgram(path);
  const run = async (...args: readonly string[]) => execa(program, args, optionsIn(folder));
  const { failed, stdout, code, stderr } = await run('version', '--short');
  const version = /\bv(\d+\.\d+(?:\.\d+)?)/.exec(stdout)?.[1];
  if (failed || version === undefined) {
    const problem = failed ? whyNotStarted(code, stderr) : 'it does not tell a version of Helm';
    return { value: undefined, diagnostics: [diagnose('helm-not-found', { path, problem }, { reach: RUN })] };
  }
  if (isOlder(version)) {
    return { value: undefined, diagnostics: [diagnose('helm-too-old', { path, version, oldest: OLDEST.join('.') }, { reach: RUN })] };
  }
  return {
    value: {
      version,
      async pull(address) {
        const target = join(folder, 'pulled');
        await mkdir(target);
        const ended = await run('pull', ...pullArguments(address), '--destination', target);
        if (ended.failed) return { ok: false, reason: reasonOf(ended, folder) };
        const [name] = (await readdir(target)).filter((each) => each.endsWith('.tgz'));
        if (name === undefined) return { ok: false, reason: 'helm pulled no archive' };
        const bytes = await readFile(join(target, name));
        const told = /^Digest: (sha256:[0-9a-f]{64})$/m.exec(`${ended.stdout}\n${ended.stderr}`)?.[1];
        const digest = told ?? `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
        return { ok: true, value: { path: join(target, name), bytes, digest } };
      },
      async template(request) {
        const ended = await run('template', ...templateArguments(request));
        return ended.failed ? { ok: false, reason: reasonOf(ended, folder) } : { ok: true, value: ended.stdout };
      },
    },
    diagnostics: [],
  };
}

function optionsIn(folder: string) {
  const at = (name: string): string => join(folder, name);
  return {
    // A cluster that is at hand must not show in what is rendered.
    env: {
      HELM_CACHE_HOME: at('cache'),
      HELM_PLUGINS: at('plugins'),
      KUBECONFIG: at('no-cluster'),
      HELM_NAMESPACE: '',
      HELM_DEBUG: 'false',
    },
    stdin: 'ignore',
    reject: false,
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
    maxBuffer: LARGEST_OUTPUT,
  } satisfies Options;
}

function pullArguments({ repository, name, version, plainHttp }: ChartAddress): readonly string[] {
  const plain = plainHttp ? ['--plain-http'] : [];
  if (repository.startsWith('oci://')) return [`${repository.replace(/\/+$/, '')}/${name}`, '--version', version, ...plain];
  return [name, '--repo', repository, '--version', version];
}

function templateArguments({ release, chart, namespace, values, kubeVersion }: TemplateRequest): readonly string[] {
  return [
    ...[release, chart, '--namespace', namespace, '--include-crds'],
    ...(values === undefined ? [] : ['--values', values]),
    ...(kubeVersion === undefined ? [] : ['--kube-version', kubeVersion]),
  ];
}

function whyNotStarted(code: string | undefined, stderr: string): string {
  if (code === 'ENOENT') return 'there is no such program';
  if (code === 'EACCES') return 'it may not be executed';
  return code ?? (stderr.split('\n', 1)[0] || 'it failed');
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

interface Ended {
  readonly timedOut: boolean;
  readonly isMaxBuffer: boolean;
  readonly stderr: string;
}

/** What helm says went wrong, on one line, without folders of ours and without what looks like a credential. */
function reasonOf({ timedOut, isMaxBuffer, stderr }: Ended, folder: string): string {
  if (timedOut) return `it took longer than ${LONGEST_MS / 1000} s`;
  if (isMaxBuffer) return `it wrote more than ${LARGEST_OUTPUT / 1024 / 1024} MiB`;
  const [, told = stderr] = /^(?:level=ERROR msg=|Error: )([^]*)$/m.exec(stderr) ?? [];
  const line = told.replaceAll(`${folder}/`, '').replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return hideSecrets(line).slice(0, 400) || 'it does not say why';
}
