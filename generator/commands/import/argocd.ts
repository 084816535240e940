import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { findGitRoot } from '../../io/git-root.ts';
import { createWasmKustomizer } from '../../io/kustomize/wasm.ts';
import { quote } from '../../lib/describe.ts';
import { convertArgo } from '../../scaffold/argocd/convert.ts';
import { judgeName } from '../../scaffold/judge.ts';
import type { Known } from '../../scaffold/known.ts';
import type { Answers } from '../new/answers.ts';
import type { Made, MakeOptions } from '../new/made.ts';
import { make } from '../new/make.ts';
import { compareRunning } from './compare.ts';
import { bad, below, clusterId, wrong } from './flux.ts';
import { surroundingsOf } from './surroundings.ts';

export interface ArgoFlags {
  /** Files and folders with Applications. */
  readonly paths: readonly string[];
  /** `<destination>=<provider>/<name>` each. */
  readonly clusters: readonly string[];
  readonly gitRoot: string | undefined;
  readonly repository: string | undefined;
  readonly project: string | undefined;
}

/** `espalier import argocd`. */
export async function importArgo(flags: ArgoFlags, options: MakeOptions): Promise<number> {
  return make(options, { what: 'an import', answer: async (answers, known) => read(answers, { flags, known }) });
}

async function read(answers: Answers, { flags, known }: { readonly flags: ArgoFlags; readonly known: Known }): Promise<Made | undefined> {
  const { project, repository } = flags;
  const destinations = new Map(flags.clusters.map((text) => destination(text, answers)));
  const judged = project === undefined ? undefined : judgeName(63)(project);
  if (judged && project !== undefined) answers.report(wrong('--project', { answer: project, ...judged }));
  const gitRoot = flags.gitRoot ?? (await findGitRoot(flags.paths[0] ?? '.'));
  if (gitRoot === undefined)
    answers.report(diagnose('missing-answer', { what: 'an import', flag: '--git-root', hint: NO_ROOT }, { reach: RUN }));
  if (answers.problems.length > 0 || gitRoot === undefined) return undefined;
  const paths = flags.paths.map((path) => below(gitRoot, path));
  for (const [index, path] of paths.entries())
    if (path === undefined)
      answers.report(wrong('--git-root', { answer: gitRoot, reason: `${quote(flags.paths[index] ?? '')} does not lie in it` }));
  if (answers.problems.length > 0) return undefined;
  const kustomizer = createWasmKustomizer();
  try {
    const surroundings = surroundingsOf({ gitRoot, known, kustomizer, from: 'Argo CD' });
    const found = await convertArgo({ paths: paths.flatMap((path) => path ?? []), destinations, repository, project, known, surroundings });
    for (const fault of found.faults) answers.report(bad(fault));
    for (const name of found.unknown) {
      const hint = `Say what the cluster is called here: --cluster ${name}=<provider>/<name>`;
      answers.report(diagnose('missing-answer', { what: 'an import', flag: '--cluster', hint }, { reach: RUN }));
    }
    if (answers.problems.length > 0) return undefined;
    return {
      files: found.files,
      imported: surroundings.report.all(),
      examine: (result) => compareRunning(result, found.originals),
      handover: found.handover,
      next: found.files.length === 0 ? [] : ['espalier check', 'espalier generate --dry-run --diff'],
    };
  } finally {
    await kustomizer.close();
  }
}

const NO_ROOT = 'The files lie in no Git repository: say with --git-root where the paths of their sources begin';

function destination(text: string, answers: Answers): readonly [string, string] {
  const at = text.lastIndexOf('=');
  const hint = 'Give one such as --cluster in-cluster=edge/hub, or --cluster https://lisbon.example.net:6443=edge/lisbon';
  if (at < 1) answers.report(wrong('--cluster', { answer: text, reason: 'it does not name a destination', hint }));
  return [text.slice(0, Math.max(0, at)), at < 1 ? '' : clusterId(text.slice(at + 1), answers)];
}
