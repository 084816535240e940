import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { findAttached, readAttachedArchive, readAttachedText } from '../../io/attached-files.ts';
import { type Helm, openHelm } from '../../io/helm.ts';
import { parseRepoPath } from '../../lib/path.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Attempt, ChartJob, ChartWay, FileWish, Ports } from '../../scaffold/emco/model.ts';
import type { EmcoFlags } from './emco-flags.ts';

export interface OpenPorts {
  readonly ports: Ports;
  /** What went wrong so that nothing may be written. */
  readonly problems: readonly Diagnostic[];
  close(): Promise<void>;
}

/** Reads what documents name, and renders charts with helm, which is looked for when the first chart needs it. */
export async function openPorts(flags: EmcoFlags): Promise<OpenPorts> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'espalier-import-')));
  const problems: Diagnostic[] = [];
  const folderOf = ({ place }: FileWish): string => flags.folder ?? dirname(place.file);
  return {
    ports: {
      readArchive: async (wish) => readAttachedArchive(folderOf(wish), wish.path),
      readText: async (wish) => readAttachedText(folderOf(wish), wish.path),
      charts: wayOf(flags, { scratch, problems, folderOf }),
    },
    problems,
    close: async () => rm(scratch, { recursive: true, force: true }),
  };
}

interface Rendering {
  readonly scratch: string;
  readonly problems: Diagnostic[];
  readonly folderOf: (wish: FileWish) => string;
}

function wayOf({ chartRepository, charts, helm }: EmcoFlags, rendering: Rendering): ChartWay {
  if (chartRepository !== undefined) return { kind: 'repository', address: chartRepository.replace(/\/+$/, '') };
  if (!charts) return { kind: 'leave' };
  let opened: Promise<Helm | Diagnostic> | undefined;
  let count = 0;
  return {
    kind: 'render',
    async render(job) {
      opened ??= open(helm, rendering.scratch);
      const found = await opened;
      if ('code' in found) {
        const problem = found.message.slice(found.message.lastIndexOf(': ') + 2);
        if (rendering.problems.length === 0)
          rendering.problems.push(diagnose('no-helm-for-import', { app: job.app, problem }, { reach: RUN }));
        return { ok: false, reason: problem };
      }
      count += 1;
      return render(found, job, { ...rendering, scratch: join(rendering.scratch, String(count)) });
    },
  };
}

async function open(path: string, scratch: string): Promise<Helm | Diagnostic> {
  const { value, diagnostics } = await openHelm(path, scratch);
  const [finding] = diagnostics;
  if (value) return value;
  if (!finding) throw new Error('no helm and no finding');
  return finding;
}

async function render(helm: Helm, job: ChartJob, { scratch, folderOf }: Rendering): Promise<Attempt<string>> {
  const found = await findAttached(folderOf(job.wish), job.wish.path);
  if (!found.ok) return found;
  await mkdir(scratch);
  const values = join(scratch, 'values.yaml');
  await writeFile(values, printYaml(job.values));
  const chart = job.replaced.size === 0 ? found.value : await unpack(job, { scratch, folderOf });
  if (chart === undefined) return { ok: false, reason: 'it holds paths that lead out of it' };
  return helm.template({ release: job.release, chart, namespace: job.namespace, values, kubeVersion: undefined });
}

/** The chart as a folder, with the files that a profile puts into it. */
async function unpack(job: ChartJob, { scratch, folderOf }: Pick<Rendering, 'scratch' | 'folderOf'>): Promise<string | undefined> {
  const archive = await readAttachedArchive(folderOf(job.wish), job.wish.path);
  if (!archive.ok) return undefined;
  const folder = join(scratch, 'chart');
  for (const [path, text] of [...archive.value.files, ...job.replaced]) {
    const parsed = parseRepoPath(path);
    if (parsed === undefined) return undefined;
    await mkdir(dirname(join(folder, parsed)), { recursive: true });
    await writeFile(join(folder, parsed), text);
  }
  return folder;
}
