import { parseYaml } from '../../lib/yaml/parse.ts';
import { isJsonObject } from '../../model/json.ts';

/** What Flux does with the objects of a Kustomization that is deleted. Source: kustomize-controller, docs/spec/v1/kustomizations.md, deletion policy. */
export function leavesObjects(reference: string): boolean {
  const { documents, problems } = parseYaml(reference);
  const value = problems.length === 0 && documents.length === 1 ? documents[0]?.value : undefined;
  if (!isJsonObject(value)) return false;
  const { spec } = value;
  return isJsonObject(spec) && spec['deletionPolicy'] === 'Orphan';
}
