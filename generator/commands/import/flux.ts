import { createWasmKustomizer } from '../../io/kustomize/wasm.ts';
import type { Kustomizer } from '../../model/ports.ts';
import { convertFlux } from '../../scaffold/flux/convert.ts';
import type { Known } from '../../scaffold/known.ts';
import type { Answers } from '../new/answers.ts';
import type { Made, MakeOptions } from '../new/made.ts';
import { make } from '../new/make.ts';
import { compareRunning } from './compare.ts';
import { surroundingsOf } from './surroundings.ts';
import { bad, clusterId, placeOf, wrong } from './where.ts';

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
  const where = await placeOf({ paths: folders, gitRoot: flags.gitRoot, project }, { answers, hint: NO_ROOT });
  if (!where) return undefined;
  const { gitRoot, paths } = where;
  const clusters = paths.map((folder, index) => ({ folder, cluster: ids[index] ?? '' }));
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
  const { files, clusters: read, handover, faults } = await convertFlux({ clusters, project, known, surroundings });
  for (const fault of faults) answers.report(bad(fault));
  if (faults.length > 0) return undefined;
  const running = new Map(read.map(({ cluster, originals }) => [cluster, originals] as const));
  return {
    files,
    imported: surroundings.report.all(),
    examine: (result) => compareRunning(result, running),
    handover,
    next: files.length === 0 ? [] : ['espalier check', 'espalier generate --dry-run --diff'],
  };
}
