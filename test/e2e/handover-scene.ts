/** What the parts of the handover test share: the scene, and how it is looked at. */
import { kustomizations } from './checks.ts';
import { type Cluster, type LiveKustomization, unready, untilNone } from './cluster.ts';
import type { HandoverFleet } from './handover-fleet.ts';
import type { Report } from './report.ts';
import type { Rig } from './rig.ts';

export const SECONDS = 60;

/** Flux Kustomizations: the root, the references, and those of three clouds and four apps. */
export const ALL = 9;

export interface Scene {
  readonly rig: Rig;
  readonly report: Report;
  readonly fleet: HandoverFleet;
  readonly cluster: Cluster;
}

export async function expectRun(report: Report, fleet: HandoverFleet, args: readonly string[], code = ''): Promise<void> {
  const { exitCode, text } = await fleet.run(...args);
  const isRight = exitCode === 0 && text.includes(code);
  report.expectNone(`espalier ${args.join(' ')}${code === '' ? '' : ` says ${code}`}`, isRight ? [] : text.split('\n'));
}

interface Wanted {
  readonly commit: string;
  readonly count: number;
  readonly isReleased?: boolean;
}

/** What is not as wanted of the cluster's Kustomizations, once that is settled. */
export async function untilReady(cluster: Cluster, { commit, count, isReleased = false }: Wanted): Promise<readonly string[]> {
  return untilNone(SECONDS, async () => {
    const live = await kustomizations(cluster);
    const wrong = [...live].flatMap(([name, object]) => {
      const reason = unready(object) ?? (object.status?.lastAppliedRevision?.endsWith(commit) === true ? undefined : 'at another commit');
      if (reason !== undefined) return [`${name}: ${reason}`];
      return isReleased && /^[0-9]/.test(name) && prunes(object) ? [`${name} prunes`] : [];
    });
    return live.size === count ? wrong : [...wrong, `${live.size} Kustomizations instead of ${count}: ${[...live.keys()].join(', ')}`];
  });
}

function prunes({ spec }: LiveKustomization): boolean {
  return (spec as { readonly prune?: boolean }).prune !== false;
}

/** By namespace, kind and name. */
export type Uids = ReadonlyMap<string, string>;

export async function uidsOf(cluster: Cluster): Promise<Uids> {
  const lists = await Promise.all(
    ['retail', 'media', 'desk'].map((namespace) =>
      cluster.list('deployments,services,pods,resourcequotas,roles,rolebindings', '--namespace', namespace),
    ),
  );
  return new Map(
    lists.flat().map(({ kind, metadata }) => {
      const { name, namespace = '', uid = '' } = metadata as typeof metadata & { readonly uid?: string };
      return [`${namespace}/${kind}/${name}`, uid];
    }),
  );
}

export function withoutPods(uids: Uids): Uids {
  return new Map([...uids].filter(([key]) => !key.includes('/Pod/')));
}

export function differences(before: Uids, after: Uids): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    before.get(key) === after.get(key) ? [] : [`${key}: ${before.get(key) ?? 'absent'} became ${after.get(key) ?? 'absent'}`],
  );
}
