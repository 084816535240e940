import { relative, resolve, sep } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { findGitRoot } from '../../io/git-root.ts';
import { createWasmKustomizer } from '../../io/kustomize/wasm.ts';
import { quote } from '../../lib/describe.ts';
import type { Kustomizer } from '../../model/ports.ts';
import { convertFlux } from '../../scaffold/flux/convert.ts';
import { fluxHandover } from '../../scaffold/flux/handover.ts';
import type { FluxCluster } from '../../scaffold/flux/read-cluster.ts';
import type { Fault } from '../../scaffold/gitops/source-tree.ts';
import { judgeName } from '../../scaffold/judge.ts';
import type { Known } from '../../scaffold/known.ts';
import type { Answers } from '../new/answers.ts';
import type { Made, MakeOptions } from '../new/made.ts';
import { make } from '../new/make.ts';
import { compareRunning } from './compare.ts';
import { surroundingsOf } from './surroundings.ts';

export interface FluxFlags {
  /** Folders of clusters. */
  readonly folders: readonly string[];
  /** `<provider>/<name>` of each folder, in their order. */
  readonly clusters: readonly string[];
  /** The top of the repository; without it, the one that the first folder lies in. */
  readonly gitRoot: string | undefined;
  readonly project: string | undefined;
}

/** `espalier import flux`. */
export async function importFlux(flags: FluxFlags, options: MakeOptions): Promise<number> {
  return make(options, { what: 'an import', answer: async (answers, known) => read(answers, { flags, known }) });
}

async function read(answers: Answers, { flags, known }: { readonly flags: FluxFlags; readonly known: Known }): Promise<Made | undefined> {
  const ids = flags.clusters.map((text) => clusterId(text, answers));
  const { folders, project } = flags;
  if (ids.length !== folders.length)
    answers.report(
      wrong('--cluster', {
        answer: flags.clusters.join(', '),
        reason: `there are ${folders.length} folders`,
        hint: 'Give one --cluster <provider>/<name> for each folder, in their order',
      }),
    );
  if (new Set(ids).size < ids.length)
    answers.report(wrong('--cluster', { answer: flags.clusters.join(', '), reason: 'one is given twice' }));
  const judged = project === undefined ? undefined : judgeName(63)(project);
  if (judged && project !== undefined) answers.report(wrong('--project', { answer: project, ...judged }));
  const gitRoot = flags.gitRoot ?? (await findGitRoot(folders[0] ?? '.'));
  if (gitRoot === undefined)
    answers.report(diagnose('missing-answer', { what: 'an import', flag: '--git-root', hint: NO_ROOT }, { reach: RUN }));
  if (answers.problems.length > 0 || gitRoot === undefined) return undefined;
  const inner = folders.map((folder) => below(gitRoot, folder));
  for (const [index, folder] of inner.entries())
    if (folder === undefined)
      answers.report(wrong('--git-root', { answer: gitRoot, reason: `${quote(folders[index] ?? '')} does not lie in it` }));
  if (answers.problems.length > 0) return undefined;
  const clusters = inner.map((folder = '', index) => ({ folder, cluster: ids[index] ?? '' }));
  const kustomizer = createWasmKustomizer();
  try {
    return await convert(answers, { clusters, gitRoot, known, project, kustomizer });
  } finally {
    await kustomizer.close();
  }
}

const NO_ROOT = 'The folder lies in no Git repository: say with --git-root where the paths of its Kustomizations begin';

interface Converting {
  readonly clusters: Parameters<typeof convertFlux>[0]['clusters'];
  readonly gitRoot: string;
  readonly known: Known;
  readonly project: string | undefined;
  readonly kustomizer: Kustomizer;
}

async function convert(answers: Answers, { clusters, gitRoot, known, project, kustomizer }: Converting): Promise<Made | undefined> {
  const surroundings = surroundingsOf({ gitRoot, known, kustomizer, from: 'Flux' });
  const { files, clusters: read, faults } = await convertFlux({ clusters, project, known, surroundings });
  for (const fault of faults) answers.report(bad(fault));
  if (faults.length > 0) return undefined;
  const running = new Map(read.map(({ cluster, originals }) => [cluster, originals] as const));
  return {
    files,
    imported: surroundings.report.all(),
    examine: (result) => compareRunning(result, running),
    handover: read.map((one: FluxCluster) => ({ cluster: one.cluster, steps: fluxHandover(one) })),
    next: files.length === 0 ? [] : ['espalier check', 'espalier generate --dry-run --diff'],
  };
}

export function clusterId(text: string, answers: Answers): string {
  const [provider = '', name = '', ...rest] = text.split(/[/+]/);
  const problem = rest.length > 0 ? { reason: 'it is not <provider>/<name>' } : (judgeName(63)(provider) ?? judgeName(63)(name));
  if (problem)
    answers.report(
      wrong('--cluster', { answer: text, reason: problem.reason, hint: problem.hint ?? 'Give one such as --cluster edge/lisbon' }),
    );
  return `${provider}+${name}`;
}

/** A folder from the top of the repository, with `/`; `undefined` if it lies elsewhere. */
export function below(root: string, folder: string): string | undefined {
  const path = relative(resolve(root), resolve(folder)).split(sep).join('/');
  return path === '..' || path.startsWith('../') || path.startsWith('/') ? undefined : path;
}

export function wrong(
  flag: string,
  { answer, reason, hint }: { readonly answer: string; readonly reason: string; readonly hint?: string | undefined },
) {
  return diagnose('bad-answer', { flag, answer: quote(answer), reason, hint }, { reach: RUN });
}

export function bad({ place: { file, line }, reason }: Fault) {
  const place = file === '' ? 'the folder' : line === 1 ? quote(file) : `${quote(file)}, line ${line}`;
  return diagnose('bad-import', { place, reason }, { reach: RUN });
}
