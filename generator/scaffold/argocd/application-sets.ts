import { compareText } from '../../lib/order.ts';
import { listed } from '../../lib/words.ts';
import { resolvePlain } from '../../lib/yaml/resolve-scalar.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { items, member, textAt, textOf } from '../emco/members.ts';
import { type ArgoCluster, type ArgoDocument, argoName } from './documents.ts';

/** The cluster that Argo CD runs on. */
export const OWN: ArgoCluster = { name: 'in-cluster', server: 'https://kubernetes.default.svc', labels: new Map() };

/** The Applications that an ApplicationSet makes; a text says why that cannot be told. */
export function applicationsOf({ object, place }: ArgoDocument, clusters: readonly ArgoCluster[]): readonly ArgoDocument[] | string {
  const { spec } = object;
  if (member(spec, 'templatePatch') !== undefined) return 'its templatePatch is a program of its own';
  const template = member(spec, 'template');
  if (!isJsonObject(template)) return 'it has no template';
  const isGo = member(spec, 'goTemplate') === true;
  const made: ArgoDocument[] = [];
  for (const generator of items(member(spec, 'generators'))) {
    const parameters = parametersOf(generator, clusters);
    if (typeof parameters === 'string') return parameters;
    for (const own of parameters) {
      const filled = fill(template, { parameters: own, isGo });
      if (typeof filled === 'string') return filled;
      const metadata = member(filled.value, 'metadata');
      const named = textAt(metadata, 'name');
      if (named === undefined || !isJsonObject(metadata)) return 'its template has no name';
      const namespace = object.metadata['namespace'];
      const application: KubeObject = {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { ...metadata, name: named, ...(namespace !== undefined && { namespace }) },
        spec: member(filled.value, 'spec') ?? {},
      };
      made.push({ object: application, place });
    }
  }
  const names = made.map((one) => argoName(one.object));
  return new Set(names).size < names.length ? 'it makes two Applications of one name' : made;
}

/** Values by name, as a template refers to them: `values.tier` is one name. */
type Parameters = ReadonlyMap<string, string>;

function parametersOf(generator: Json, clusters: readonly ArgoCluster[]): readonly Parameters[] | string {
  const kinds = isJsonObject(generator) ? Object.keys(generator).filter((key) => key !== 'selector') : [];
  const [kind = ''] = kinds;
  if (kinds.length !== 1 || member(generator, 'selector') !== undefined)
    return `its generator is filtered or put together (${kinds.join(', ')}), which is not understood here`;
  const own = member(generator, kind);
  if (member(own, 'template') !== undefined) return `its generator "${kind}" has a template of its own`;
  if (kind === 'list') return listOf(own);
  if (kind === 'clusters') return fromClusters(own, clusters);
  return `what its generator "${kind}" finds is not in the files: write the Applications out (argocd appset generate shows them), and import these`;
}

function listOf(generator: Json | undefined): readonly Parameters[] | string {
  if (member(generator, 'elementsYaml') !== undefined) return 'its list is worked out when it is used (elementsYaml)';
  return items(member(generator, 'elements')).map((element) => flat(element, ''));
}

function flat(value: Json, prefix: string): Parameters {
  const found = new Map<string, string>();
  for (const [key, inner] of Object.entries(isJsonObject(value) ? value : {})) {
    const text = typeof inner === 'boolean' ? String(inner) : textOf(inner);
    if (text !== undefined) found.set(prefix + key, text);
    else for (const [name, each] of flat(inner, `${prefix}${key}.`)) found.set(name, each);
  }
  return found;
}

function fromClusters(generator: Json | undefined, clusters: readonly ArgoCluster[]): readonly Parameters[] | string {
  const selector = member(generator, 'selector');
  if (items(member(selector, 'matchExpressions')).length > 0) return 'its generator "clusters" selects by expressions';
  const wanted = flat(member(selector, 'matchLabels') ?? {}, '');
  // A selector of labels leaves out the own cluster, which has no Secret.
  const all = wanted.size > 0 ? clusters : [OWN, ...clusters.filter(({ server }) => server !== OWN.server)];
  const chosen = all.filter(({ labels }) => [...wanted].every(([key, value]) => labels.get(key) === value));
  if (clusters.length === 0)
    return 'its generator "clusters" looks at the Secrets of clusters, and there are none in the files: give them too (names and addresses are read, nothing else)';
  const values = flat(member(generator, 'values') ?? {}, 'values.');
  return chosen.map(({ name, server, labels }) => {
    const nameNormalized = name.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-');
    const told = [...labels].map(([key, value]) => [`metadata.labels.${key}`, value] as const);
    return new Map([['name', name], ['nameNormalized', nameNormalized], ['server', server], ...told, ...values]);
  });
}

interface Filling {
  readonly parameters: Parameters;
  readonly isGo: boolean;
}

/** A template with its values; the first that is none of a plain name is told. */
function fill(template: JsonObject, { parameters, isGo }: Filling): { readonly value: JsonObject } | string {
  let problem: string | undefined;
  const inText = (text: string): string =>
    text.replaceAll(/\{\{([^{}]*)\}\}/g, (all, inside: string) => {
      const expression = inside.replace(/^-/, '').replace(/-$/, '').trim();
      const name = isGo ? /^\.([\w.]+)$/.exec(expression)?.[1] : expression;
      const value = name === undefined ? undefined : parameters.get(name);
      if (value === undefined) problem ??= `its template asks for "${all}", which is ${reasonFor(name, parameters)}`;
      return value ?? '';
    });
  const visit = (value: Json): Json => {
    if (typeof value === 'string') return inText(value);
    if (Array.isArray(value)) return (value as readonly Json[]).map(visit);
    return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [inText(key), visit(inner)])) : value;
  };
  const value = visit(template);
  return problem ?? { value: isJsonObject(value) ? value : {} };
}

function reasonFor(name: string | undefined, parameters: Parameters): string {
  if (name === undefined || !/^[\w.-]+$/.test(name)) return 'more than a name of its generator';
  const read = resolvePlain(name);
  if (typeof read === 'boolean' && parameters.has(String(read)))
    return `no name of its generator, because Kubernetes reads the name ${name} as ${String(read)} where it stands without quotes: quote it there`;
  return `no name of its generator, which has ${listed([...parameters.keys()].sort(compareText)) || 'none'}`;
}
