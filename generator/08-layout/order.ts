import { readInstancePath } from '../lib/instance-path.ts';
import { compareText } from '../lib/order.ts';
import { headsOf } from '../lib/printed-heads.ts';
import { workloadIn } from '../lib/workload-file.ts';
import type { Committed } from '../model/file.ts';
import type { Workload } from '../model/provider.ts';
import type { Member } from './member.ts';

/** The workloads of the apps that come before one on its cluster, and a text that is the same as long as they are. */
export type Order = (member: Member) => { readonly first: readonly Workload[]; readonly key: string };

/** For agents that wait for objects. What an app has is read from what is about to be written, or else from what stands. */
export function createOrder(members: readonly Member[], committed: Committed | undefined): Order {
  const written = new Map(members.map(({ stamped }) => [`${stamped.instance.context}/${stamped.instance.app}`, stamped]));
  let standing: ReadonlyMap<string, readonly string[]> | undefined;
  const filesOf = (app: string): readonly string[] => {
    const stamped = written.get(app);
    if (stamped) return headsOf(stamped).map(({ file }) => file);
    standing ??= filesIn(committed);
    return standing.get(app) ?? [];
  };
  return ({ stamped, origin, dependsOn }) => {
    if (origin.kind === 'cloud' || dependsOn === '') return NOTHING;
    const { namespace } = origin.cloud;
    const first = dependsOn
      .split(',')
      .flatMap((app) => filesOf(`${stamped.instance.context}/${app}`))
      .flatMap((file) => workloadIn(file, namespace) ?? [])
      .sort((a, b) => compareText(`${a.kind}/${a.name}`, `${b.kind}/${b.name}`));
    return { first, key: first.map(({ kind, name }) => `${kind}/${name}`).join() };
  };
}

const NOTHING = { first: [], key: '' } as const;

function filesIn(committed: Committed | undefined): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const { path, isMarked } of committed?.values() ?? []) {
    const { instance, file } = (isMarked && readInstancePath(path)) || {};
    if (!instance || file === undefined) continue;
    const key = `${instance.context}/${instance.app}`;
    const known = files.get(key);
    if (known) known.push(file);
    else files.set(key, [file]);
  }
  return files;
}
