import { parseYaml } from '../../lib/yaml/parse.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { DELETION, DETACHED } from './names.ts';

const [[DELETE_KEY, DETACH]] = Object.entries(DETACHED) as unknown as [[string, string]];

/** A chart's RepoSync says so for all that it applied; an app without one says it in each of its objects. */
export function leavesObjects(reference: string): boolean {
  const { documents, problems } = parseYaml(reference);
  const value = problems.length === 0 && documents.length === 1 ? documents[0]?.value : undefined;
  if (!isJsonObject(value)) return false;
  const annotations = member(value['metadata'], 'annotations');
  const isSync = value['kind'] === 'RepoSync' && String(value['apiVersion']).startsWith('configsync.gke.io/');
  return isSync ? member(annotations, DELETION) === 'Orphan' : member(annotations, DELETE_KEY) === DETACH;
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
