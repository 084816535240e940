import type { KubeObject } from '../model/kube.ts';

/** Kinds whose removal may lose data, of whatever group: others than Kubernetes make StatefulSets too. The only list of them. */
const STATEFUL = ['StatefulSet', 'PersistentVolumeClaim'] as const;

const FILE = new RegExp(`^(.+)-(${STATEFUL.join('|').toLowerCase()})(?:\\.[a-z0-9.-]+)?\\.yaml$`);

/** Whether the object may hold data. */
export function isStateful({ kind }: KubeObject): boolean {
  return STATEFUL.some((stateful) => stateful === kind);
}

/** What a generated file holds that may keep data, such as `StatefulSet "db"`, read from the file's name; `undefined`: nothing of that kind. */
export function statefulObject(file: string): string | undefined {
  const [, name, word] = FILE.exec(file) ?? [];
  const kind = STATEFUL.find((stateful) => stateful.toLowerCase() === word);
  return name === undefined || kind === undefined ? undefined : `${kind} "${name}"`;
}
