import type { Memory } from '../lib/memo.ts';
import { LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Origin } from './directory.ts';

/** What an origin asks for beyond its objects, as one object that stays the same while all of it does. */
export type Wishes = (origin: Origin) => object;

export function createWishes(memory: Memory): Wishes {
  const wishes = memory.memo<string, object>();
  const known = new WeakMap<Origin, object>();
  return (origin) => {
    const wish = known.get(origin) ?? find(origin);
    known.set(origin, wish);
    return wish;
  };

  function find(origin: Origin): object {
    const { cloud } = origin;
    if (origin.kind === 'cloud') return wishes.get(`${cloud.context.id}/${LOGICAL_CLOUD_APP}`, [cloud], () => ({}));
    const { deployment, app } = origin.placement;
    const asked = without(deployment.value.spec, ['apps']);
    const rest = without(app.value, SETTLED);
    const charts = deployment.value.spec.apps.flatMap(({ name, source }) => (source.chart ? [name] : [])).join();
    const inputs = [cloud, deployment.context, deployment.value.metadata, charts, ...asked, app.value.name, ...rest];
    return wishes.get(`${deployment.context.id}/${app.value.name}`, inputs, () => ({}));
  }
}

/** What has become objects and clusters already. */
const SETTLED = ['values', 'customize', 'placement'];

/** Keys and values, one after the other. */
function without(value: object, keys: readonly string[]): readonly unknown[] {
  return Object.entries(value).flatMap(([key, member]) => (keys.includes(key) ? [] : [key, member as unknown]));
}
