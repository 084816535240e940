import { compareFiles, type ObjectChange } from '../09-plan/compare-files.ts';
import type { Paint } from '../diagnostics/report/paint.ts';
import { visible } from '../diagnostics/report/visible.ts';
import type { Change } from '../model/change.ts';
import { showField, showText, withoutSecrets } from './show-fields.ts';

/** A change with both of its texts; the empty text stands for none. */
export interface TextChange {
  readonly change: Change;
  readonly before: string;
  readonly after: string;
}

interface Entry {
  readonly sign: string;
  readonly title: string;
  readonly body: readonly string[];
  readonly path: string;
}

const CLUSTERS_SHOWN = 8;

/** Changes by object and field. What is the same on several clusters is shown once. */
export async function showChanges(changes: AsyncIterable<TextChange> | Iterable<TextChange>, paint: Paint): Promise<string> {
  const folded = new Map<string, { readonly entry: Entry; readonly clusters: string[] }>();
  for await (const change of changes) {
    for (const entry of entriesOf(change, paint)) {
      const [cluster, rest] = splitPath(entry.path);
      const key = JSON.stringify([cluster === undefined, rest, entry.sign, entry.title, entry.body]);
      const known = folded.get(key) ?? { entry, clusters: [] };
      folded.set(key, known);
      if (cluster !== undefined) known.clusters.push(cluster);
    }
  }
  return [...folded.values()].map(({ entry, clusters }) => `${show(entry, clusters, paint).join('\n')}\n`).join('');
}

function entriesOf({ change, before, after }: TextChange, paint: Paint): readonly Entry[] {
  const { path } = change;
  const compared = compareFiles(before, after);
  if (compared.kind === 'objects') return compared.objects.map((object) => entryOf(object, path, paint));
  if (change.before === undefined) return [{ sign: '+', title: '', body: [], path }];
  if (change.after === undefined) return [{ sign: '-', title: '', body: [], path }];
  return [{ sign: '~', title: '', body: showText(before, after, paint), path }];
}

const SIGNS = { create: '+', update: '~', delete: '-' } as const;

function entryOf({ action, kind, namespace, name, fields }: ObjectChange, path: string, paint: Paint): Entry {
  return {
    sign: SIGNS[action],
    title: visible(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`),
    body: fields.flatMap((field) => showField(withoutSecrets(field, kind), paint)),
    path,
  };
}

function show({ sign, title, body, path }: Entry, clusters: readonly string[], paint: Paint): readonly string[] {
  const colour = sign === '+' ? paint.green : sign === '-' ? paint.red : paint.yellow;
  const head = title === '' ? [] : [paint.bold(title)];
  const heading = (place: string): string => `${colour(sign)} ${[...head, paint.dim(visible(place))].join('  ')}`;
  const indented = body.map((line) => `    ${line}`);
  if (clusters.length < 2) return [heading(path), ...indented];
  const more = clusters.length > CLUSTERS_SHOWN ? `, and ${clusters.length - CLUSTERS_SHOWN} more` : '';
  const where = `same change on ${clusters.length} clusters: ${visible(clusters.slice(0, CLUSTERS_SHOWN).join(', '))}${more}`;
  const line = heading(`clusters/*/${splitPath(path)[1]}`);
  return indented.length === 0 ? [`${line}  ${where}`] : [line, `    ${where}`, ...indented];
}

/** The cluster, and the path below its folder; files that belong to no cluster have the whole path. */
function splitPath(path: string): readonly [string | undefined, string] {
  const [, cluster, rest] = /^clusters\/([^/]+\+[^/]+)\/(.+)$/.exec(path) ?? [];
  return rest === undefined ? [undefined, path] : [cluster, rest];
}
