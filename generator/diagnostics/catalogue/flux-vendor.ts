import { entry } from '../entry.ts';

interface Vendored {
  readonly path: string;
  readonly version: string;
}

/** Flux's vendored manifests, and how they are obtained. */
export const vendorCatalogue = {
  'vendored-flux-changed': entry<Vendored>({
    severity: 'error',
    title: 'Vendored manifests of Flux were changed',
    explain: `\`templates/flux/flux.lock.yaml\` has the digest of every vendored file, and this file has another: it was edited, replaced, or its line ends were changed by the checkout (\`.gitattributes\`: \`templates/flux/** -text\`). It would become the agent of whole clusters.`,
    message: ({ path }) => `Cannot use "${path}": its content is not what flux.lock.yaml says`,
    hint: ({ version }) =>
      `Restore the file, or run espalier flux vendor --version ${version} again; changes of your own belong into a kustomization of flux-system`,
  }),
  'vendored-flux-missing': entry<Vendored>({
    severity: 'error',
    title: 'Vendored manifests of Flux are missing',
    explain: `\`templates/flux/flux.lock.yaml\` names a version whose file is not there: it was deleted, or never committed.`,
    message: ({ path }) => `Cannot find "${path}", which flux.lock.yaml names`,
    hint: ({ version }) =>
      `Restore the file, run espalier flux vendor --version ${version} again, or take the version out of the lock file`,
  }),
  'vendored-flux-unlocked': entry<Vendored>({
    severity: 'error',
    title: 'Manifests of Flux are not in the lock file',
    explain: `A \`gotk-components.yaml\` lies in \`templates/flux/\`, and \`flux.lock.yaml\` does not name its version: it was put there by hand, or the lock file was not committed.`,
    message: ({ path }) => `Cannot use "${path}": flux.lock.yaml does not name it`,
    hint: ({ path, version }) => `Run espalier flux vendor --version ${version} --from ${path}, or delete the file`,
  }),
};
