import type { Workload } from '../model/provider.ts';

/** Kinds whose readiness others wait for, by the ending of their files. */
const KINDS: ReadonlyMap<string, Pick<Workload, 'group' | 'kind'>> = new Map([
  ['daemonset', { group: 'apps', kind: 'DaemonSet' }],
  ['deployment', { group: 'apps', kind: 'Deployment' }],
  ['job', { group: 'batch', kind: 'Job' }],
  ['statefulset', { group: 'apps', kind: 'StatefulSet' }],
]);

/** The workload of the cloud's namespace that a file of an instance's folder holds, read from its name; `undefined`: another object. */
export function workloadIn(file: string, namespace: string): Workload | undefined {
  const [, name, ending = ''] = /^(.+)-([a-z]+)\.yaml$/.exec(file) ?? [];
  const kind = KINDS.get(ending);
  return name !== undefined && kind ? { ...kind, namespace, name } : undefined;
}
