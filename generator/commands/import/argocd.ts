import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { createWasmKustomizer } from '../../io/kustomize/wasm.ts';
import { convertArgo } from '../../scaffold/argocd/convert.ts';
import type { Known } from '../../scaffold/known.ts';
import type { Answers } from '../new/answers.ts';
import type { Made, MakeOptions } from '../new/made.ts';
import { make } from '../new/make.ts';
import { compareRunning } from './compare.ts';
import { bad, clusterId, placeOf, wrong } from './where.ts';
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
  const where = await placeOf({ paths: flags.paths, gitRoot: flags.gitRoot, project }, { answers, hint: NO_ROOT });
  if (!where) return undefined;
  const { gitRoot, paths } = where;
  const kustomizer = createWasmKustomizer();
  try {
    const surroundings = surroundingsOf({ gitRoot, known, kustomizer, from: 'Argo CD' });
    const found = await convertArgo({ paths, destinations, repository, project, known, surroundings });
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
