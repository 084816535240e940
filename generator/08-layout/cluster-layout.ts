import { diagnose } from '../diagnostics/diagnose.ts';
import { isClean, type Memory, sameItems } from '../lib/memo.ts';
import { sortBy } from '../lib/order.ts';
import { headsOf } from '../lib/printed-heads.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import { type Committed, type GeneratedFile, HERE, type Target, targetKey } from '../model/file.ts';
import type { Provider, ProviderCluster, ReferenceRequest, Workload } from '../model/provider.ts';
import type { PrintedHead, StampedInstance } from '../model/render.ts';
import { checkFiles } from './check-files.ts';
import { createFolderLayout, type FolderLayout } from './instance-files.ts';
import type { Member } from './member.ts';
import { createOrder, type Order } from './order.ts';
import { referenceRequest } from './reference-request.ts';

export interface ClusterRequest {
  readonly at: ProviderCluster;
  readonly provider: Provider;
  readonly members: readonly Member[];
  /** Where the cluster's tree is written. */
  readonly target: Target;
  /** What stands in the cluster's folder. */
  readonly committed: Committed | undefined;
}

type Files = Outcome<readonly GeneratedFile[]>;

interface Laid extends Files {
  readonly instances: ReadonlyMap<string, { readonly inputs: readonly unknown[]; readonly files: Files }>;
}

/** Lays out a cluster's files, sorted by path. Instances for which nothing changed have the same files as before. */
export function createClusterLayout(memory: Memory): (request: ClusterRequest) => Files {
  const clusters = memory.memo<string, Laid>(isClean);
  const folderOf = createFolderLayout();
  return (request) => {
    const { at, provider, members, target, committed } = request;
    // Only who waits for objects looks at what stands.
    const inputs = [at, provider, targetKey(target), provider.objectAnnotations && committed, ...members.flatMap(inputsOf)];
    return clusters.get(at.cluster.id, inputs, (before) => layCluster(request, { before, folderOf }));
  };
}

function inputsOf({ stamped, wish, dependsOn, origin }: Member): readonly unknown[] {
  return [stamped, wish, dependsOn, origin.wave];
}

function layCluster(
  { at, provider, members, target, committed }: ClusterRequest,
  { before, folderOf }: { readonly before: Laid | undefined; readonly folderOf: FolderLayout },
): Laid {
  const order = provider.objectAnnotations ? createOrder(members, committed) : UNORDERED;
  const instances = new Map(
    members.map((member) => {
      const { context, app } = member.stamped.instance;
      const key = `${context}/${app}`;
      const { first, key: awaited } = order(member);
      const inputs = [at, provider, ...inputsOf(member), awaited];
      const known = before?.instances.get(key);
      if (known && sameItems(known.inputs, inputs) && isClean(known.files)) return [key, known];
      return [key, { inputs, files: layInstance(member, { at, provider, folderOf, first }) }];
    }),
  );
  const outcomes = [...instances.values()].map(({ files }) => files);
  const files = [...provider.bootstrap(at), ...outcomes.flatMap(({ value }) => value)];
  const value = checked(files, provider);
  return {
    value: target === HERE ? value : value.map((file) => ({ ...file, target })),
    diagnostics: outcomes.flatMap(({ diagnostics }) => diagnostics),
    instances,
  };
}

interface Place {
  readonly at: ProviderCluster;
  readonly provider: Provider;
  readonly folderOf: FolderLayout;
  readonly first: readonly Workload[];
}

function layInstance(member: Member, { at, provider, folderOf, first }: Place): Files {
  const { stamped, origin } = member;
  const request = referenceRequest(stamped, origin, at.cluster);
  const reference = provider.reference(at, request);
  const form = {
    place: provider.placeOf?.(stamped.instance, origin.cloud),
    annotations: origin.kind === 'app' ? provider.objectAnnotations?.(request, first) : undefined,
  };
  return {
    value: [...folderOf(inFolder(member, { at, provider }), form), ...reference.value],
    diagnostics: [...reference.diagnostics, ...checkEncrypted(request, { at, provider })],
  };
}

/** An instance without what comes with its reference. */
function inFolder({ stamped, origin: { kind, cloud } }: Member, { at, provider }: Pick<Place, 'at' | 'provider'>): StampedInstance {
  if (kind !== 'cloud') return stamped;
  const isElsewhere = (object: PrintedHead): boolean => provider.comesWithReference?.(object, { cluster: at.cluster, cloud }) === true;
  const printed = stamped.printed.filter((object) => !isElsewhere(object));
  return printed.length < stamped.printed.length ? { ...stamped, printed } : stamped;
}

function checkEncrypted({ instance, asked }: ReferenceRequest, { at, provider }: Pick<Place, 'at' | 'provider'>): readonly Diagnostic[] {
  if (provider.decrypts === true) return [];
  if (!headsOf(instance).some(({ isEncrypted }) => isEncrypted)) return [];
  const { id, value } = at.cluster;
  const agent = value.spec.gitOps?.gitOpsType;
  return [diagnose('secret-not-decrypted', { app: instance.instance.app, cluster: id, agent }, asked())];
}

const UNORDERED: Order = () => ({ first: [], key: '' });

/** Files of one part of the tree, sorted; throws, because it is our bug, when one lies where it may not. */
export function checked(files: readonly GeneratedFile[], provider: Provider | undefined): readonly GeneratedFile[] {
  checkFiles(files, provider);
  return sortBy(files, ({ path }) => path);
}
