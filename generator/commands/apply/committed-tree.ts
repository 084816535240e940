import { type KnownDependency, readDependency, readInstances } from '../../apply/read-instances.ts';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { readCommit } from '../../io/read-commit.ts';
import { readFolder } from '../../io/read-folder.ts';
import { readText, startOf } from '../../io/read-text.ts';
import { mapLimited } from '../../io/map-limited.ts';
import { reservedIn } from '../../08-layout/check-clouds.ts';
import type { OwnCloud } from '../../apply/misplaced.ts';
import { isAdmins } from '../../lib/cloud-namespaces.ts';
import { textOid, toContext } from '../../lib/hash.ts';
import { placeIn } from '../../lib/instance-path.ts';
import { repoPath } from '../../lib/path.ts';
import { deploymentId, type DeploymentId, type TreeInstance } from '../../model/apply.ts';
import type { ClusterId, ContextId } from '../../model/context.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { Oid } from '../../model/file.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { RepoPath, SourceFile } from '../../model/source.ts';
import { providers } from '../../providers/registry.ts';

/** What is to be applied to one cluster. */
export interface ClusterTree {
  readonly instances: readonly TreeInstance[];
  /** The commit, with `+` and more where the working tree is not what it has. */
  readonly commit: string;
  /** `namespace/name` of deployments, by context: what decisions say. */
  readonly names: ReadonlyMap<ContextId, string>;
}

interface Reading {
  readonly root: string;
  /** What the intents know. */
  readonly clouds: readonly KnownCloud[];
  readonly allowUncommitted: boolean;
}

const DECISIONS = 'clusters/decisions';

/** Reads a cluster's tree, and holds it against the commit. */
export async function committedTree(
  cluster: ClusterId,
  { root, clouds, allowUncommitted }: Reading,
): Promise<Outcome<ClusterTree | undefined>> {
  const folder = `clusters/${cluster}`;
  const [tree, decided, commit] = await Promise.all([
    readAll(root, folder),
    readAll(root, DECISIONS),
    readCommit(root, [folder, DECISIONS]),
  ]);
  // What was seen of the cluster is nobody's to apply.
  const files = tree.files.filter(({ path }) => !path.startsWith(`${folder}/status/`));
  const agent = files.find(({ path }) => placeIn(path) !== '');
  const diagnostics = [...tree.diagnostics, ...decided.diagnostics];
  if (agent)
    diagnostics.push(
      diagnose('cluster-has-agent', { cluster, agent: 'an agent', files: agent.path }, { source: startOf(agent.path), reach: RUN }),
    );
  const { known, names } = readDecisions(decided.files);
  const { instances, odd } = readInstances(cluster, agent ? [] : files, {
    dependencies: [...known.values()],
    cloudOf: cloudsBy([...known.values()], clouds),
    isReserved: reservedIn(providers),
  });
  diagnostics.push(...odd.map((file) => diagnose('odd-tree-file', file, { source: startOf(file.path), reach: RUN })));
  const contexts = new Set(instances.map(({ context }) => context));
  const decisions = decided.files.filter(({ path }) => contexts.has(known.get(path)?.context ?? ('' as ContextId)));
  const differing = commit && changedFiles([...files, ...decisions], { committed: commit.files, folder });
  if (!allowUncommitted && differing?.length !== 0) {
    const args = { cluster, paths: differing ?? [], isRepository: differing !== undefined };
    diagnostics.push(diagnose('tree-not-committed', args, { reach: RUN }));
  }
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  const at = commit ? `${commit.commit}${differing?.length === 0 ? '' : '+uncommitted'}` : 'uncommitted';
  return { value: { instances, commit: at, names }, diagnostics };
}

interface ReadFiles {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

const AT_ONCE = 32;

/** A folder that is not there has no files. */
async function readAll(root: string, folder: string): Promise<ReadFiles> {
  const found = await readFolder({ root, folder: repoPath(folder), reachOf: () => RUN });
  const read = await mapLimited(found.files, AT_ONCE, (path) => readText({ root, path, reach: RUN }));
  const failures = read.filter((one) => 'code' in one);
  return {
    files: read.filter((one) => 'text' in one),
    diagnostics: [...found.diagnostics.filter(({ code }) => code !== 'missing-folder'), ...failures],
  };
}

interface Held {
  readonly committed: ReadonlyMap<RepoPath, Oid>;
  readonly folder: string;
}

/** Files that Git has otherwise, or not at all, and those of the cluster that only Git has. */
function changedFiles(files: readonly SourceFile[], { committed, folder }: Held): readonly RepoPath[] {
  const there = new Set(files.map(({ path }) => path));
  const changed = files.filter(({ path, text }) => committed.get(path) !== textOid(text)).map(({ path }) => path);
  const gone = [...committed.keys()].filter(
    (path) => path.startsWith(`${folder}/`) && !path.startsWith(`${folder}/status/`) && !there.has(path),
  );
  return [...changed, ...gone].sort();
}

/** The cloud that an app's decision names; one that the intents do not know keeps the id that its name gives. */
function cloudsBy(
  decisions: readonly KnownDependency[],
  clouds: readonly KnownCloud[],
): (instance: { readonly context: ContextId; readonly app: string }) => OwnCloud | undefined {
  const byName = new Map(clouds.map((cloud) => [`${cloud.context.namespace}/${cloud.context.name}`, cloud]));
  const known = new Map<DeploymentId, OwnCloud>();
  for (const { context, app, cloud: name, namespace } of decisions) {
    if (name === undefined || namespace === undefined) continue;
    const cloud = byName.get(`${namespace}/${name}`);
    const { id } = cloud?.context ?? toContext({ kind: 'LogicalCloud', namespace, name });
    known.set(deploymentId(context, app), { context: id, isAdmins: cloud !== undefined && isAdmins(cloud) });
  }
  return ({ context, app }) => known.get(deploymentId(context, app));
}

interface Decided {
  readonly known: ReadonlyMap<RepoPath, KnownDependency>;
  readonly names: ReadonlyMap<ContextId, string>;
}

function readDecisions(files: readonly SourceFile[]): Decided {
  const known = new Map<RepoPath, KnownDependency>();
  const names = new Map<ContextId, string>();
  for (const file of files) {
    const dependency = readDependency(file);
    if (!dependency) continue;
    known.set(file.path, dependency);
    const [, namespace, deployment] = /^clusters\/decisions\/([^/.]+)\.([^/]+)\//.exec(file.path) ?? [];
    if (namespace !== undefined && deployment !== undefined) names.set(dependency.context, `${namespace}/${deployment}`);
  }
  return { known, names };
}
