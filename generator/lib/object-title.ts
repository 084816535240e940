import type { KubeObject } from '../model/kube.ts';
import { compareText } from './order.ts';
import { isStateful } from './stateful.ts';

/** Such as `StatefulSet "db"`. */
export function objectTitle({ kind, metadata }: KubeObject): string {
  return `${kind} "${metadata.name}"`;
}

/** `StatefulSet "db"` each, once; what may hold data comes first. */
export function objectTitles(objects: Iterable<KubeObject>): readonly string[] {
  const titles = new Map([...objects].map((object) => [objectTitle(object), isStateful(object)]));
  return [...titles].sort(([a, one], [b, other]) => Number(other) - Number(one) || compareText(a, b)).map(([title]) => title);
}
