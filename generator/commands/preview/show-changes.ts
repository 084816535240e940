import type { Paint } from '../../diagnostics/report/paint.ts';
import { visible } from '../../diagnostics/report/visible.ts';
import { MARKERS } from '../../model/file.ts';
import { CHECKSUMS, isChecksum } from './checksums.ts';
import { createBudget } from './budget.ts';
import type { FileAction } from '../../lib/file-action.ts';
import { EACH_CLUSTER, type FileDiff, type ObjectDiff } from './describe-change.ts';
import { showContent } from './show-content.ts';
import { showField, showText } from './show-fields.ts';

/** How the changes are shown. */
export interface Showing {
  readonly paint: Paint;
  /** Everything, however long. */
  readonly isFull: boolean;
}

interface Entry {
  readonly action: FileAction;
  readonly title: string;
  readonly path: string;
  readonly cluster: string | undefined;
  readonly target: string | undefined;
  readonly notes: readonly string[];
  readonly body: readonly string[];
}

const SIGNS = { create: '+', update: '~', delete: '-' } as const;
const CLUSTERS_SHOWN = 8;

/** Changes by object and field. What is really the same on several clusters is shown once. */
export async function showChanges(diffs: AsyncIterable<FileDiff> | Iterable<FileDiff>, showing: Showing): Promise<string> {
  const folded = new Map<string, { readonly entry: Entry; readonly clusters: string[] }>();
  let hidesChecksums = false;
  for await (const diff of diffs) {
    hidesChecksums ||= 'objects' in diff && diff.objects.some(({ fields }) => fields.some(({ path }) => isChecksum(path)));
    for (const { entry, likeness } of entriesOf(diff, showing.paint)) {
      const key = JSON.stringify([entry.cluster === undefined, belowCluster(entry), entry.action, entry.title, likeness]);
      const known = folded.get(key) ?? { entry, clusters: [] };
      folded.set(key, known);
      if (entry.cluster !== undefined) known.clusters.push(entry.cluster);
    }
  }
  const budget = createBudget(showing.isFull);
  const shown = [...folded.values()].map(
    ({ entry, clusters }) => `${show(entry, { clusters, budget, paint: showing.paint }).join('\n')}\n`,
  );
  const notes = [
    ...(hidesChecksums ? [`not shown: checksums (${CHECKSUMS.join(', ')}), which follow from the rest`] : []),
    ...(budget.hasCut() ? ['cut where it says so: --diff=full shows everything'] : []),
  ];
  return [...shown, ...notes.map((note) => `${showing.paint.dim(note)}\n`)].join('');
}

interface Likened {
  readonly entry: Entry;
  readonly likeness: string;
}

function entriesOf(diff: FileDiff, paint: Paint): readonly Likened[] {
  const { action, path, cluster, target } = diff;
  if ('objects' in diff)
    return diff.objects.map((object) => ({ entry: entryOf(object, { path, cluster, target, paint }), likeness: object.likeness }));
  const { before, after, likeness } = diff.text;
  const [old, fresh] = action === 'update' ? [before, after] : [withoutMarker(before), withoutMarker(after)];
  return [{ entry: { action, title: '', path, cluster, target, notes: [], body: showText(old, fresh, paint) }, likeness }];
}

/** The first line of every file tells nothing of this one. */
function withoutMarker(text: string): string {
  const marker = MARKERS.find((line) => text.startsWith(`${line}\n`));
  return marker === undefined ? text : text.slice(marker.length + 1);
}

interface Place {
  readonly path: string;
  readonly cluster: string | undefined;
  readonly target: string | undefined;
  readonly paint: Paint;
}

function entryOf(object: ObjectDiff, { path, cluster, target, paint }: Place): Entry {
  const { action, kind, namespace, name, fields, content, stays } = object;
  const told = fields.filter((field) => !isChecksum(field.path));
  return {
    action,
    title: visible(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`),
    path,
    cluster,
    target,
    notes: [...(stays === undefined ? [] : [stays]), ...(action === 'update' && told.length === 0 ? ['its checksum only'] : [])],
    body: content ? showContent(content, { action, paint }) : told.flatMap((field) => showField(field, paint)),
  };
}

interface Folded {
  readonly clusters: readonly string[];
  readonly budget: ReturnType<typeof createBudget>;
  readonly paint: Paint;
}

function show(entry: Entry, { clusters, budget, paint }: Folded): readonly string[] {
  const { action, title, path, cluster, target, notes, body } = entry;
  const colour = { create: paint.green, update: paint.yellow, delete: paint.red }[action];
  const isShared = clusters.length > 1;
  const place = paint.dim(visible(isShared ? `clusters/*/${belowCluster(entry)}` : `${path}${target === undefined ? '' : ` (${target})`}`));
  const heading = `${colour(SIGNS[action])} ${[...(title === '' ? [] : [paint.bold(title)]), place].join('  ')}`;
  const shown = budget.take(body, action === 'update');
  // Each cluster has its own id where the one stands that the text was taken from.
  const lines = isShared && cluster !== undefined ? shown.map((line) => line.replaceAll(cluster, EACH_CLUSTER)) : shown;
  return [heading, ...[...(isShared ? [sharedBy(clusters)] : []), ...notes, ...lines].map((line) => `    ${line}`)];
}

function sharedBy(clusters: readonly string[]): string {
  const more = clusters.length > CLUSTERS_SHOWN ? `, and ${clusters.length - CLUSTERS_SHOWN} more` : '';
  return `same change on ${clusters.length} clusters: ${visible(clusters.slice(0, CLUSTERS_SHOWN).join(', '))}${more}`;
}

/** The path below the cluster's folder; that of a file that belongs to no cluster is whole. */
function belowCluster({ path, cluster }: Entry): string {
  return cluster === undefined ? path : path.slice(`clusters/${cluster}/`.length);
}
