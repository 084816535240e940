import type { JsonPath } from '../model/json.ts';
import type { Position } from './binding.ts';

/** What the package's kustomizations and the job's patches do, as far as it decides which values kustomize computes with. */
export interface Facts {
  /** Some feature looks into any field: replacements, vars, custom configuration, and the like. */
  readonly isAllEarly: boolean;
  readonly hasImages: boolean;
  /** Patches or replacements select by label or annotation. */
  readonly hasSelectors: boolean;
  /** Generated names carry a hash of contents, which patches may change. */
  readonly hasGenerators: boolean;
  /** Generators merge into ConfigMaps and Secrets among the resources. */
  readonly mergesGenerated: boolean;
  /** Keys that some patch or field of a kustomization may set in a resource. */
  readonly replacedKeys: ReadonlySet<string>;
}

/**
 * Keys whose scalars kustomize compares or changes: identity; merge keys (`x-kubernetes-patch-merge-key` and `-list-map-keys` of its OpenAPI);
 * lists of scalars that merge by value (`x-kubernetes-patch-strategy: merge`); and fields that refer to names (its name reference rules).
 */
const COMPARED = new Set([
  ...['apiVersion', 'kind', 'name', 'namespace', 'generateName', '<<'],
  ...[
    'containerPort',
    'devicePath',
    'hostPort',
    'ip',
    'key',
    'mountPath',
    'port',
    'protocol',
    'topologyKey',
    'type',
    'uid',
    'whenUnsatisfiable',
  ],
  ...['finalizers', 'podCIDRs'],
  ...['configMap', 'resourceNames', 'secretRef', 'service', 'subjects'],
]);
const REFERENCE = /(?:Name|Ref)$/;
const TEXT_MAPS = new Set(['annotations', 'labels', 'matchLabels', 'nodeSelector', 'selector']);
const READ_ANNOTATION = /(?:config\.kubernetes\.io|config\.k8s\.io|ingress\.kubernetes\.io)\//;

/** The position of a scalar of a resource or strategic merge patch. */
export function resourcePosition(path: JsonPath, facts: Facts): Position {
  const keys = path.filter((part) => typeof part === 'string');
  const key = keys.at(-1) ?? '';
  const parent = keys.at(-2) ?? '';
  if (facts.isAllEarly || keys.some((part) => part.startsWith('$'))) return 'early';
  const isText = TEXT_MAPS.has(parent);
  if (isText ? isReadText(parent, { key, facts }) : isComputedWith(key, facts)) return 'early';
  if (facts.replacedKeys.has(key)) return 'replaced';
  return isText ? 'text' : 'late';
}

function isReadText(parent: string, { key, facts }: { readonly key: string; readonly facts: Facts }): boolean {
  return (facts.hasSelectors && (parent === 'labels' || parent === 'annotations')) || READ_ANNOTATION.test(key);
}

function isComputedWith(key: string, facts: Facts): boolean {
  return COMPARED.has(key) || REFERENCE.test(key) || (facts.hasImages && (key === 'image' || key === 'reference'));
}

/** The position of a scalar of a JSON patch; `pointer` is its operation's path, `undefined` if that holds a token. */
export function jsonPatchPosition(
  path: JsonPath,
  { pointer, facts }: { readonly pointer: string | undefined; readonly facts: Facts },
): Position {
  const [, key, ...rest] = path;
  if (key !== 'value' || pointer === undefined) return 'early';
  const steps = pointer.split('/').slice(1);
  const names = steps.map((step) => (/^(?:\d+|-)$/.test(step) ? 0 : step.replaceAll('~1', '/').replaceAll('~0', '~')));
  return resourcePosition([...names, ...rest], facts);
}

/** The position of a scalar of a kustomization file. */
export function kustomizationPosition(path: JsonPath, facts: Facts): Position {
  const [field, index, part] = path;
  if (facts.isAllEarly) return 'early';
  if (field === 'commonAnnotations' && path.length === 2)
    return facts.hasSelectors || READ_ANNOTATION.test(String(index)) ? 'early' : 'text';
  if (field === 'labels' && part === 'pairs' && path.length === 4) return facts.hasSelectors ? 'early' : 'text';
  if (field === 'images' && path.length === 3 && (part === 'newName' || part === 'newTag' || part === 'digest')) return 'image';
  return 'early';
}
