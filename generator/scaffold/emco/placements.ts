import type { Json, JsonObject } from '../../model/json.ts';
import type { Import } from './context.ts';
import { items, member, textAt } from './members.ts';
import type { EmcoDocument } from './model.ts';

/** `group` with its list of intents: which placement and which other intents count. */
export interface Chosen {
  readonly placement: EmcoDocument | undefined;
  /** Names of intents that are listed. */
  readonly names: ReadonlySet<string>;
}

const PLACEMENT_KEY = 'genericPlacementIntent';

export function chosenOf(group: EmcoDocument, { shelf, report }: Import): Chosen {
  const lists = shelf.in('chosen', [...group.scope, group.name]);
  const placements = shelf.in('placement', [...group.scope, group.name]);
  const listed = lists.flatMap(({ spec }) => Object.entries((member(spec, 'intent') as JsonObject | undefined) ?? {}));
  const names = new Set(listed.flatMap(([, name]) => (typeof name === 'string' ? [name] : [])));
  const wanted = listed.find(([key]) => key === PLACEMENT_KEY)?.[1];
  const found = placements.find(({ name }) => name === wanted);
  const [only, ...others] = placements;
  const placement = found ?? (wanted === undefined && others.length === 0 ? only : undefined);
  for (const other of placements) if (other !== placement) report.left(other, 'the group does not list it among its intents');
  return { placement, names };
}

export type PlacementReading = { readonly placement: JsonObject } | { readonly reason: string };

/** Where an app runs, by the group's generic placement intent. */
export function placementOf(app: string, placement: EmcoDocument | undefined, context: Import): PlacementReading {
  if (!placement) return { reason: 'its group lists no generic placement intent that is described' };
  const intents = context.shelf.in('app-placement', [...placement.scope, placement.name]).filter(({ spec }) => textAt(spec, 'app') === app);
  if (intents.length === 0) return { reason: `the generic placement intent "${placement.name}" says nothing of it` };
  const allOf: Json[] = [];
  const anyOf: Json[] = [];
  for (const intent of intents) {
    const asked = member(intent.spec, 'intent');
    allOf.push(...items(member(asked, 'allOf')).flatMap((item) => oneOfAll(item, { intent, context })));
    anyOf.push(...items(member(asked, 'anyOf')).flatMap((item) => selector(item, { intent, context })));
  }
  if (allOf.length === 0 && anyOf.length === 0) return { reason: 'its placement names no cluster' };
  return { placement: { ...(allOf.length > 0 && { allOf }), ...(anyOf.length > 0 && { anyOf }) } };
}

interface Selecting {
  readonly intent: EmcoDocument;
  readonly context: Import;
}

function oneOfAll(item: Json, selecting: Selecting): readonly JsonObject[] {
  const nested = items(member(item, 'anyOf'));
  if (nested.length === 0) return selector(item, selecting);
  const anyOf = nested.flatMap((each) => selector(each, selecting));
  return anyOf.length === 0 ? [] : [{ anyOf }];
}

function selector(item: Json, { intent, context }: Selecting): readonly JsonObject[] {
  const { naming, report } = context;
  const provider = textAt(item, 'clusterProvider');
  const [cluster, label] = [textAt(item, 'cluster'), textAt(item, 'clusterLabel')];
  if (provider === undefined || (cluster === undefined && label === undefined)) {
    report.leftPart(intent, { what: 'an item', reason: 'it names no provider, or neither cluster nor label' });
    return [];
  }
  const at = naming.provider(provider);
  return [
    cluster === undefined
      ? { provider: at, clusterLabel: labelText(label ?? '', context) }
      : { provider: at, cluster: naming.cluster(provider, cluster) },
  ];
}

/** A label as `clusterLabel` has it. */
export function labelText(label: string, { naming }: Import): string {
  const { key, value } = naming.label(label);
  return value === '' ? key : `${key}=${value}`;
}
