import { compareText } from './order.ts';
import type { KubeObject } from '../model/kube.ts';

/** Kinds whose removal may lose data. */
const STATEFUL = new Set(['StatefulSet', 'PersistentVolumeClaim']);

export function isStateful({ kind }: KubeObject): boolean {
  return STATEFUL.has(kind);
}

/** `StatefulSet "db"` each, once; what may hold data comes first. */
export function objectTitles(objects: Iterable<KubeObject>): readonly string[] {
  const titles = new Map([...objects].map((object) => [`${object.kind} "${object.metadata.name}"`, isStateful(object)]));
  return [...titles].sort(([a, one], [b, other]) => Number(other) - Number(one) || compareText(a, b)).map(([title]) => title);
}
