import { groupBy } from '../../lib/group-by.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Edit } from './edits.ts';
import type { Spot } from './spots.ts';

/** A value that a template could take: its name, its schema, and where it would be written. */
export interface Candidate {
  readonly name: string;
  readonly kind: Spot['kind'];
  readonly schema: JsonObject;
  /** For people: what it is now. */
  readonly label: string;
  readonly edits: readonly { readonly path: string; readonly edit: Edit }[];
}

/** One value for each thing that spots say; spots that say the same share it. */
export function candidatesFrom(spots: readonly Spot[]): readonly Candidate[] {
  const groups = [...groupBy(spots, ({ key }) => key).values()];
  const kinds = groupBy(groups, ([{ kind }]) => kind);
  const taken = new Set<string>();
  return groups.map((group) => {
    const [first] = group;
    const isOnly = kinds.get(first.kind)?.length === 1;
    const name = freeName(isOnly ? [first.kind] : namesFor(first), taken);
    taken.add(name);
    const edits = group.map((spot) => ({ path: spot.file.path, edit: editFor(spot, name) }));
    return { name, kind: first.kind, schema: schemaFor(first), label: `${name}: ${first.value}, ${about(first)}`, edits };
  });
}

function namesFor({ kind, owner, part }: Spot): readonly string[] {
  const suffix = kind.slice(0, 1).toUpperCase() + kind.slice(1);
  return [camel(part) + suffix, camel(`${owner}-${part}`) + suffix];
}

function freeName(names: readonly string[], taken: ReadonlySet<string>): string {
  const [first = 'value'] = names;
  const numbered = Array.from({ length: taken.size + 1 }, (_, index) => `${first}${index + 2}`);
  return [...names, ...numbered].find((name) => !taken.has(name)) ?? first;
}

function camel(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `app${joined}`;
}

function schemaFor(spot: Spot): JsonObject {
  const { kind, value } = spot;
  const description = `${about(spot).slice(0, 1).toUpperCase()}${about(spot).slice(1)}.`;
  if (kind === 'replicas') return { type: 'integer', minimum: 0, default: value, description };
  return { type: 'string', minLength: 1, default: value, description };
}

function about({ kind, owner, repository = '' }: Spot): string {
  if (kind === 'tag') return `tag of image ${repository}`;
  return kind === 'replicas' ? `number of pods of ${owner}` : `host name of ingress ${owner}`;
}

function editFor({ kind, file, start, end, repository, over }: Spot, name: string): Edit {
  if (kind !== 'replicas') {
    const text = kind === 'tag' && over === undefined ? `${repository ?? ''}:{{${name}}}` : `{{${name}}}`;
    return { start, end, text: `"${text}"` };
  }
  // A third brace would be read as part of the mustache.
  return { start, end, text: file.text.startsWith('}', end) ? `{{${name}}} ` : `{{${name}}}` };
}
