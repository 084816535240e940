import { parseYaml } from '../../lib/yaml/parse.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { DELETION, DETACHED } from './names.ts';

/** A chart's RepoSync says so for all that it applied; an app without one says it in each of its objects. */
export function leavesObjects(reference: string): boolean {
  const { documents, problems } = parseYaml(reference);
  const value = problems.length === 0 && documents.length === 1 ? documents[0]?.value : undefined;
  if (!isJsonObject(value)) return false;
  const annotations = member(value['metadata'], 'annotations');
  const { kind, apiVersion } = value;
  if (kind === 'RepoSync' && typeof apiVersion === 'string' && apiVersion.startsWith('configsync.gke.io/'))
    return member(annotations, DELETION) === 'Orphan';
  return Object.entries(DETACHED).every(([key, told]) => member(annotations, key) === told);
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
