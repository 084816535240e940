import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { textOid } from '../lib/hash.ts';
import { instanceKey, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { Committed, GeneratedFile, Owner } from '../model/file.ts';
import type { Stray } from '../model/provider.ts';
import type { RepoPath, Source } from '../model/source.ts';
import type { PlanRequest } from './plan-request.ts';
import { strayAt } from './stray-at.ts';

export interface Foreign {
  /** Whether something stands in the way of one of the owner's files. A whole instance is blocked by one file; of a cluster only that file is. */
  readonly isBlocked: (owner: Owner, path: RepoPath) => boolean;
  /** Files that somebody wrote by hand, which is right. */
  readonly left: ReadonlySet<RepoPath>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Looks for what is not ours and stands in the way of the wanted files. */
export function findForeign(wanted: readonly GeneratedFile[], { committed, contexts, clusters }: PlanRequest): Foreign {
  const folders = foldersOf(committed);
  const blocked = new Set<string>();
  const left = new Set<RepoPath>();
  const diagnostics: Diagnostic[] = [];
  for (const file of wanted) {
    const { path, owner } = file;
    const obstacle = obstacleTo(path, committed, folders);
    if (obstacle === undefined) continue;
    const stray = obstacle === path ? strayInTheWay(file, { committed, clusters }) : undefined;
    if (stray?.is === 'left') {
      left.add(path);
      diagnostics.push(stray.finding);
    } else if (stray?.is !== 'replaceable') {
      blocked.add(blockKey(owner, path));
      diagnostics.push(diagnose('foreign-file', { path: obstacle }, { source: startOf(obstacle), reach: reachOf(owner, contexts) }));
    }
  }
  return { isBlocked: (owner, path) => blocked.size > 0 && blocked.has(blockKey(owner, path)), left, diagnostics };
}

/** A file of somebody else's at the path or above it, or a folder where the file belongs. */
function obstacleTo(path: RepoPath, committed: Committed, folders: ReadonlySet<string>): RepoPath | undefined {
  const there = committed.get(path);
  if (there) return there.isMarked ? undefined : path;
  if (folders.has(path)) return path;
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
    const above = path.slice(0, cut);
    // Where the folder is there, so are all above it.
    if (folders.has(above)) return undefined;
    if (committed.has(above as RepoPath)) return above as RepoPath;
  }
  return undefined;
}

/** One that has our very bytes is as good as ours. */
function strayInTheWay(
  { path, content }: GeneratedFile,
  { committed, clusters }: Pick<PlanRequest, 'committed' | 'clusters'>,
): Stray | undefined {
  const there = committed.get(path);
  if (there?.oid === textOid(content)) return { is: 'replaceable' };
  return there && strayAt(there, clusters);
}

function foldersOf(committed: Committed): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of committed.keys()) {
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      const folder = path.slice(0, cut);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

function blockKey(owner: Owner, path: RepoPath): string {
  return owner.kind === 'instance' ? instanceKey(owner.instance) : path;
}

function reachOf(owner: Owner, contexts: PlanRequest['contexts']): Reach {
  switch (owner.kind) {
    case 'cluster':
      return RUN;
    case 'decision': {
      const { namespace, deployment: name, app } = owner;
      return { kind: 'context', context: { kind: 'DeploymentIntent', namespace, name }, app };
    }
    case 'instance': {
      const context = contexts.get(owner.instance.context);
      if (!context) return RUN;
      const { app } = owner.instance;
      return { kind: 'context', context, ...(app !== LOGICAL_CLOUD_APP && { app }) };
    }
    default:
      return owner satisfies never;
  }
}

function startOf(file: RepoPath): Source {
  return { file, line: 1, column: 1, length: 1 };
}
