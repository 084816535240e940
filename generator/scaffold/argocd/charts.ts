import { parseYaml } from '../../lib/yaml/parse.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { items, member, present, scalarText, textAt } from '../emco/members.ts';
import { merge, setValue } from '../emco/values.ts';
import type { ClusterName, Release, Surroundings } from '../gitops/model.ts';
import { reasonAgainstRelease, reasonAgainstVersion } from '../gitops/release-rules.ts';
import type { ArgoApplication } from './application.ts';

const UNDERSTOOD = new Set([
  'releaseName',
  'values',
  'valuesObject',
  'parameters',
  'version',
  'passCredentials',
  'ignoreMissingValueFiles',
  'skipCrds',
]);

export interface ChartRequest {
  readonly application: ArgoApplication;
  readonly cluster: ClusterName;
  readonly surroundings: Surroundings;
}

/** A chart that Argo CD renders, as a chart of an app; a text says why it cannot be one. */
export function readChart({ application, cluster, surroundings }: ChartRequest): Release | string {
  const { source, object, repository, revision = '*', namespace = 'default', place, title } = application;
  if (source.kind !== 'chart') throw new Error('no chart');
  const { helm } = source;
  const name = textAt(helm, 'releaseName') ?? object.metadata.name;
  const other = Object.keys(isJsonObject(helm) ? helm : {}).find((key) => !UNDERSTOOD.has(key));
  if (other !== undefined) return `its helm.${other} is not understood here`;
  const values = valuesOf(helm);
  if (typeof values === 'string') return values;
  const reason = reasonAgainstRelease({ name, namespace, values }, surroundings) ?? reasonAgainstVersion(revision);
  if (reason !== undefined) return reason;
  // Without a scheme, Argo CD takes an address for a registry.
  const address = (/^[a-z]+:\/\//.test(repository) ? repository : `oci://${repository}`).replace(/\/+$/, '');
  if (!/^(https|oci):\/\//.test(address)) return `its repository "${repository}" is neither https:// nor oci://`;
  return {
    cluster,
    unit: object.metadata.name,
    objectName: object.metadata.name,
    name,
    namespace,
    title,
    place,
    chart: { repository: address, name: source.name, version: revision },
    values,
    patches: [],
    delivery: present({}),
    dependsOn: [],
  };
}

/** `valuesObject`, or else the text `values`; over them, `parameters`. */
function valuesOf(helm: Json | undefined): JsonObject | string {
  const given = member(helm, 'valuesObject');
  const text = textAt(helm, 'values');
  let values: JsonObject = isJsonObject(given) ? given : {};
  if (!isJsonObject(given) && text !== undefined) {
    const { documents, problems } = parseYaml(text);
    const value = documents[0]?.value ?? {};
    if (problems.length > 0 || !isJsonObject(value)) return 'its values are no mapping';
    values = value;
  }
  for (const parameter of items(member(helm, 'parameters'))) {
    const [name, value] = [textAt(parameter, 'name') ?? '', member(parameter, 'value')];
    const set = setValue({}, name, scalarText(value));
    if (set === undefined) return `its parameter "${name}" is a place in a list: write the list into its values`;
    values = merge(values, member(parameter, 'forceString') === true ? asText(set, scalarText(value)) : set);
  }
  return values;
}

function asText(value: JsonObject, text: string): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, isJsonObject(inner) ? asText(inner, text) : text]));
}
