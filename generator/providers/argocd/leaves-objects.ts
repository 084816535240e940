import { parseYaml } from '../../lib/yaml/parse.ts';
import { isJsonObject } from '../../model/json.ts';

/** An Application that is deleted takes its objects along only if a finalizer says so. Source: Argo CD, docs/user-guide/app_deletion.md. */
export function leavesObjects(reference: string): boolean {
  const { documents, problems } = parseYaml(reference);
  const value = problems.length === 0 && documents.length === 1 ? documents[0]?.value : undefined;
  if (!isJsonObject(value) || value['kind'] !== 'Application' || !isJsonObject(value['metadata'])) return false;
  const { apiVersion } = value;
  if (typeof apiVersion !== 'string' || !apiVersion.startsWith('argoproj.io/')) return false;
  const { finalizers = [] } = value['metadata'];
  return Array.isArray(finalizers) && !finalizers.some((each) => typeof each === 'string' && CASCADES.test(each));
}

/** With or without the way of deleting, and in Argo CD's earlier spelling. */
const CASCADES = /(?:^|\.)resources-finalizer\.argocd\.argoproj\.io(?:\/|$)/;
