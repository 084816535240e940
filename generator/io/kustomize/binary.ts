import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa, type Options } from 'execa';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { Kustomizer, KustomizeFiles, KustomizeResult } from '../../model/ports.ts';
import type { BuildTask } from './builder.ts';
import { findProgram } from './find-program.ts';
import { createLimit } from './limit.ts';
import { findWayOut } from './references.ts';
import { checkTree, withoutTop } from './tree.ts';

const OLDEST = '5.8.1';
const LONGEST_BUILD_MS = 60_000;
const LARGEST_OUTPUT = 64 * 1024 * 1024;
// Port 9 discards; nothing listens there. PATH is empty so that neither git nor helm can be started.
const NOWHERE = 'http://127.0.0.1:9';
const environment = { PATH: '', HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE };
const options = {
  env: environment,
  extendEnv: false,
  stdin: 'ignore',
  reject: false,
  timeout: LONGEST_BUILD_MS,
  killSignal: 'SIGKILL',
  maxBuffer: LARGEST_OUTPUT,
} satisfies Options;

/** A kustomize binary of version 5.8.1 or newer, one process for each build, in a folder of its own without network or other programs. */
export async function createBinaryKustomizer(
  path: string,
  { longestBuildMs = LONGEST_BUILD_MS }: { readonly longestBuildMs?: number } = {},
): Promise<Outcome<Kustomizer | undefined>> {
  const program = await findProgram(path);
  const { failed, stdout, stderr, code } = await execa(program, ['version'], options);
  const version = /\bv(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (failed || version === undefined) {
    const problem = failed ? whyNotStarted(code, stderr) : 'it does not tell a version of kustomize';
    return refused(diagnose('kustomize-not-found', { path, problem }, { reach: RUN }));
  }
  if (isOlder(version, OLDEST)) return refused(diagnose('kustomize-too-old', { path, version, oldest: OLDEST }, { reach: RUN }));
  const limit = createLimit(availableParallelism());
  const kustomizer: Kustomizer = {
    version: `kustomize ${version} binary`,
    async build(files, root) {
      checkTree(files, root);
      const wayOut = findWayOut(files);
      return wayOut === undefined ? limit(() => buildOnDisk(program, { files, root, longestBuildMs })) : { ok: false, message: wayOut };
    },
    close: () => Promise.resolve(),
  };
  return { value: kustomizer, diagnostics: [] };
}

function refused(diagnostic: Diagnostic): Outcome<undefined> {
  return { value: undefined, diagnostics: [diagnostic] };
}

function whyNotStarted(code: string | undefined, stderr: string): string {
  if (code === 'ENOENT') return 'there is no such program';
  if (code === 'EACCES') return 'it may not be executed';
  return code ?? (stderr.split('\n', 1)[0] || 'it failed');
}

function isOlder(version: string, oldest: string): boolean {
  const [a, b] = [version, oldest].map((text) => text.split('.').map(Number));
  const difference = a?.map((part, index) => part - (b?.[index] ?? 0)).find((part) => part !== 0);
  return difference !== undefined && difference < 0;
}

interface TimedTask extends BuildTask {
  readonly longestBuildMs: number;
}

async function buildOnDisk(program: string, { files, root, longestBuildMs }: TimedTask): Promise<KustomizeResult> {
  // Only its owner may enter a folder that mkdtemp() makes. Kustomize's messages hold the real path.
  const top = await realpath(await mkdtemp(join(tmpdir(), 'espalier-kustomize-')));
  try {
    await writeTree(top, files);
    const settings = { ...options, cwd: top, stripFinalNewline: false, timeout: longestBuildMs };
    const ended = await execa(program, ['build', join(top, root)], settings);
    if (ended.timedOut) return { ok: false, message: `kustomize took longer than ${longestBuildMs / 1000} s` };
    return toResult(ended, top);
  } finally {
    await rm(top, { recursive: true, force: true });
  }
}

/** The paths were checked by checkTree(). An existing file, on a disk that ignores case, is an error. */
async function writeTree(top: string, files: KustomizeFiles): Promise<void> {
  for (const [path, text] of files) {
    const place = join(top, path);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    await writeFile(place, text, { flag: 'wx', mode: 0o600 });
  }
}

interface Ended {
  readonly exitCode?: number | undefined;
  readonly isMaxBuffer: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly shortMessage?: string | undefined;
}

function toResult(ended: Ended, top: string): KustomizeResult {
  if (ended.isMaxBuffer) return { ok: false, message: `kustomize wrote more than ${LARGEST_OUTPUT / 1024 / 1024} MiB` };
  if (ended.exitCode === undefined) throw new Error(`kustomize could not be run: ${ended.shortMessage ?? ''}`);
  if (ended.exitCode !== 0) return { ok: false, message: withoutTop(toMessage(ended.stderr), top) };
  const { documents, problems } = parseYaml(ended.stdout);
  const [problem] = problems;
  if (problem) return { ok: false, message: `kustomize's output cannot be read: ${problem.message}` };
  return { ok: true, objects: documents.flatMap(({ value }) => (value === null ? [] : [value as KubeObject])) };
}

/** What the library says: the command adds warnings before it and, when it panics, a trace behind it. */
function toMessage(stderr: string): string {
  const text = stderr.replace(/^# Warning:.*\n/gm, '').trim();
  const panic = /^panic: (.*?)(?: \[recovered\])?\n\s*\n?goroutine /ms.exec(text);
  return panic ? `kustomize panicked: ${panic[1] ?? ''}` : text.replace(/^Error: /, '');
}
