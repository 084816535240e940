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
