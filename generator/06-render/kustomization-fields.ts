/** Fields of kustomize 5.8's Kustomization and Component, the deprecated ones too (it still builds them). */
export const KNOWN_FIELDS: readonly string[] = [
  ...['apiVersion', 'kind', 'metadata', 'openapi', 'namePrefix', 'nameSuffix', 'namespace', 'labels', 'commonAnnotations', 'patches'],
  ...['images', 'replacements', 'replicas', 'sortOptions', 'resources', 'components', 'crds', 'configMapGenerator', 'secretGenerator'],
  ...['generatorOptions', 'configurations', 'buildMetadata'],
  ...['commonLabels', 'patchesStrategicMerge', 'patchesJson6902', 'vars', 'bases', 'imageTags'],
];

/** Fields that run programs or fetch, and what to do instead. */
export const REFUSED_FIELDS: ReadonlyMap<string, string> = new Map([
  ['generators', 'Use configMapGenerator or secretGenerator, or write the resources out'],
  ['transformers', 'Use patches, labels, images, replicas or replacements in the kustomization itself'],
  ['validators', 'Remove it: what is rendered is checked against schemas afterwards'],
  ['helmCharts', 'Write the resources out'],
  ['helmGlobals', 'Write the resources out'],
  ['helmChartInflationGenerator', 'Write the resources out'],
]);

/** Lists of files, folders or both. */
export const PATH_LISTS: ReadonlyMap<string, 'resource' | 'folder' | 'file'> = new Map([
  ['resources', 'resource'],
  ['bases', 'folder'],
  ['components', 'folder'],
  ['crds', 'file'],
  ['configurations', 'file'],
]);

const GENERATOR = ['name', 'namespace', 'behavior', 'literals', 'files', 'envs', 'env', 'options', 'type'];
const PATCH = ['path', 'patch', 'target', 'options'];
const TARGET = ['group', 'version', 'kind', 'name', 'namespace', 'labelSelector', 'annotationSelector'];

/** Fields of what stands in lists. Kustomize reads keys without regard to case; here they must be written as they are, or a check would miss them. */
export const LISTED_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['configMapGenerator', GENERATOR],
  ['secretGenerator', GENERATOR],
  ['patches', PATCH],
  ['patchesJson6902', PATCH],
  ['images', ['name', 'newName', 'newTag', 'tagSuffix', 'digest']],
  ['replicas', ['name', 'count']],
  ['labels', ['pairs', 'includeSelectors', 'includeTemplates', 'fields']],
  ['replacements', ['path', 'source', 'sourceValue', 'targets']],
]);

/** The same for the mapping under a key of those. */
export const NESTED_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['target', TARGET],
  ['openapi', ['path']],
]);
