import type { ChangedFile } from '../../diagnostics/report/json.ts';
import type { FileDiff, ObjectDiff } from './describe-change.ts';
import { fieldName } from './show-fields.ts';

/** A change for programs: nothing is cut or folded, checksums included. */
export function diffJson(diff: FileDiff): ChangedFile {
  const { action, path, cluster, target } = diff;
  const file = { action, path, ...(cluster !== undefined && { cluster }), ...(target !== undefined && { target }) };
  if ('objects' in diff) return { ...file, objects: diff.objects.map(objectJson) };
  const { before, after } = diff.text;
  return { ...file, text: { ...(action !== 'create' && { before }), ...(action !== 'delete' && { after }) } };
}

/** One object of a change. */
export function objectJson({ action, apiVersion, kind, namespace, name, fields, content, stays }: ObjectDiff): object {
  const names = { action, apiVersion, kind, ...(namespace !== undefined && { namespace }), name };
  if (content) return { ...names, content, ...(stays !== undefined && { stays }) };
  return { ...names, fields: fields.map(({ path, ...values }) => ({ field: fieldName(path), path, ...values })) };
}
