import { isClusterScoped } from '../../lib/kube-names.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';

/** What a chart rendered, by what becomes of it. */
export interface ReadRender {
  /** For the package. */
  readonly objects: readonly KubeObject[];
  /** CustomResourceDefinitions, and whatever else has no namespace: not a tenant's. */
  readonly clusterWide: readonly KubeObject[];
  /** Hooks, tests among them, that only Helm would run. */
  readonly hooks: readonly KubeObject[];
  /** Secrets with readable values. */
  readonly secrets: readonly KubeObject[];
}

export type RenderReading = { readonly ok: true; readonly render: ReadRender } | { readonly ok: false; readonly reason: string };

/** Reads what `helm template` printed. */
export function readRender(text: string): RenderReading {
  const { documents, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem) return { ok: false, reason: `line ${problem.line} of what it renders: ${problem.message}` };
  const all = documents.flatMap(({ value }) => (value === null ? [] : itemsOf(value)));
  const odd = all.find((value) => !isObject(value));
  if (odd !== undefined) return { ok: false, reason: 'it renders something that has no apiVersion, kind or name' };
  const objects = all.filter(isObject);
  const hooks = objects.filter(isHook);
  const rest = objects.filter((object) => !isHook(object));
  const clusterWide = rest.filter(isClusterScoped);
  return {
    ok: true,
    render: {
      hooks,
      clusterWide,
      objects: rest.filter((object) => !isClusterScoped(object)),
      secrets: rest.filter(isFilledSecret),
    },
  };
}

function itemsOf(value: Json): readonly Json[] {
  const { kind, items } = isJsonObject(value) ? value : {};
  return kind === 'List' && Array.isArray(items) ? (items as readonly Json[]) : [value];
}

function isObject(value: Json): value is KubeObject {
  if (!isJsonObject(value)) return false;
  const { apiVersion, kind, metadata } = value;
  return [apiVersion, kind, isJsonObject(metadata) ? metadata['name'] : undefined].every((text) => typeof text === 'string' && text !== '');
}

function isHook({ metadata: { annotations } }: KubeObject): boolean {
  return isJsonObject(annotations) && Object.hasOwn(annotations, 'helm.sh/hook');
}

function isFilledSecret({ apiVersion, kind, data, stringData }: KubeObject): boolean {
  const isFilled = (value: Json | undefined): boolean => isJsonObject(value) && Object.keys(value).length > 0;
  return apiVersion === 'v1' && kind === 'Secret' && (isFilled(data) || isFilled(stringData));
}
