import { entry } from '../entry.ts';

const CLOSED = `A package is closed: it builds from its own files alone, without network, plugins or other programs, so that the same commit gives the same manifests everywhere.`;

export const kustomizeCatalogue = {
  'no-kustomization': entry<{ readonly template: string; readonly folder: string }>({
    severity: 'error',
    title: 'A package has no kustomization file',
    explain: `A package in \`templates/apps/\` is a kustomize base: its folder, and each folder that it lists as a resource, holds a \`kustomization.yaml\` (or \`kustomization.yaml.hbs\`).`,
    message: ({ template, folder }) =>
      `Cannot build template "${template}": ${folder === '' ? 'its folder' : `folder "${folder}"`} has no kustomization.yaml`,
    hint: () => 'Add a kustomization.yaml that lists the resources',
  }),
  'several-kustomizations': entry<{ readonly folder: string; readonly files: readonly string[] }>({
    severity: 'error',
    title: 'A folder has several kustomization files',
    explain: 'Kustomize takes one of `kustomization.yaml`, `kustomization.yml` and `Kustomization` in a folder.',
    message: ({ folder, files }) => `Cannot build ${folder === '' ? 'the package' : `folder "${folder}"`}: it has ${files.join(' and ')}`,
    hint: () => 'Keep one of them',
  }),
  'bad-kustomization': entry<{ readonly reason: string }>({
    severity: 'error',
    title: 'A kustomization file is malformed',
    explain: 'A kustomization file is one YAML mapping.',
    message: ({ reason }) => `Cannot read the kustomization: ${reason}`,
    hint: () => 'See the fields in the documentation of kustomize',
  }),
  'unknown-kustomization-field': entry<{ readonly field: string; readonly near?: string }>({
    severity: 'error',
    title: 'A kustomization has an unknown field',
    explain: 'Kustomize refuses fields that it does not know.',
    message: ({ field }) => `Cannot use field "${field}" of a kustomization: kustomize does not know it`,
    hint: ({ near }) => (near === undefined ? 'Remove it' : `Did you mean "${near}"?`),
  }),
  'refused-kustomization-field': entry<{ readonly field: string; readonly instead?: string }>({
    severity: 'error',
    title: 'A kustomization uses what packages may not use',
    explain: `${CLOSED} Plugins (\`generators\`, \`transformers\`, \`validators\`) and Helm charts are refused.`,
    message: ({ field }) => `Cannot use field "${field}" of a kustomization: packages run no plugins and fetch nothing`,
    hint: ({ instead }) => instead ?? 'Write the resources out, or use patches, components and replacements',
  }),
  'remote-resource': entry<{ readonly path: string }>({
    severity: 'error',
    title: 'A kustomization refers to the network',
    explain: `${CLOSED} What comes from elsewhere is copied into the package, where a review sees it.`,
    message: ({ path }) => `Cannot use "${path}": it is not in the package, and packages fetch nothing`,
    hint: () => 'Copy the files into the package and refer to them by path',
  }),
  'path-outside-package': entry<{ readonly path: string; readonly template: string }>({
    severity: 'error',
    title: 'A kustomization leaves its package',
    explain: CLOSED,
    message: ({ path, template }) => `Cannot use "${path}": it leads out of template "${template}"`,
    hint: () => 'Copy the file into the package',
  }),
  'missing-kustomize-file': entry<{ readonly path: string; readonly wanted: 'file' | 'folder' | 'file or folder'; readonly near?: string }>(
    {
      severity: 'error',
      title: 'A kustomization lists a file that is not there',
      explain: 'Paths are relative to the kustomization file. A file `name.yaml.hbs` is listed as `name.yaml`.',
      message: ({ path, wanted }) => `Cannot find ${wanted} "${path}" in the package`,
      hint: ({ near }) => (near === undefined ? 'Add it, or remove it from the list' : `Did you mean "${near}"?`),
    },
  ),
  'not-yaml-resource': entry<{ readonly path: string }>({
    severity: 'error',
    title: 'A resource or patch is not a YAML file',
    explain:
      'Resources and patches are `.yaml`, `.yml` or `.json` files, perhaps with `.hbs` behind. Other files serve as contents for generators.',
    message: ({ path }) => `Cannot use "${path}" as a resource or patch: its name ends in none of .yaml, .yml, .json`,
    hint: () => 'Rename it, or list it under files of a configMapGenerator',
  }),
  'kustomize-failed': entry<{ readonly template: string; readonly reason: string }>({
    severity: 'error',
    title: 'Kustomize cannot build a package',
    explain: 'The message is that of kustomize. It speaks of the files as they are after templating.',
    message: ({ template, reason }) => `Cannot build template "${template}": ${reason}`,
    hint: () => 'Correct the package; the message speaks of its files as they are after templating',
  }),
  'patch-failed': entry<{ readonly app: string; readonly reason: string }>({
    severity: 'error',
    title: 'A patch cannot be applied',
    explain: `Kustomize builds the package without the app's patches and complains with this one. The message is that of kustomize.`,
    message: ({ app, reason }) => `Cannot apply a patch of app "${app}": ${reason}`,
    hint: () => 'Compare its paths and keys with the objects that the template makes',
  }),
  'patch-matches-nothing': entry<{
    readonly app: string;
    readonly target: string;
    readonly objects: readonly string[];
    readonly near?: string;
  }>({
    severity: 'error',
    title: 'A patch matches no object',
    explain: `A patch whose target matches nothing would change nothing, unseen. \`name\` and \`namespace\` of a target are regular expressions over the whole name. A generated ConfigMap goes by its name without the hash.`,
    message: ({ app, target }) => `Cannot apply a patch of app "${app}": no object matches ${target}`,
    hint: ({ near, objects }) =>
      near === undefined
        ? `The objects are: ${objects.slice(0, 12).join(', ')}${objects.length > 12 ? ' …' : ''}`
        : `Did you mean ${near}?`,
  }),
  'nameless-object': entry<{ readonly template: string; readonly object: string }>({
    severity: 'error',
    title: 'An object lacks its apiVersion, kind or name',
    explain:
      'Every object needs a name of its own: it is written to a file named by it, and agents find it by it. `generateName` makes another object with each apply.',
    message: ({ template, object }) => `Cannot use ${object} of template "${template}": it lacks apiVersion, kind or metadata.name`,
    hint: () => 'Give the object a name',
  }),
  'late-binding-differs': entry<{ readonly template: string; readonly object: string }>({
    severity: 'warning',
    title: 'Two ways of binding values gave different objects',
    explain: `Builds that differ only in values are done once, and values are put in afterwards. Some are done both ways in every run. Here the two differed, so the package was built once for each set of values, which is slower and right. This is a mistake in Espalier: please report it with the package.`,
    message: ({ template, object }) =>
      `Template "${template}" was built separately for each set of values: late binding gave another ${object}`,
    hint: () => 'The output is right; please report the package, or use --bind early',
  }),
};
