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
  'flux-not-obtained': entry<{
    readonly version: string;
    readonly from: string;
    readonly reason: string;
    readonly way: 'program' | 'files' | 'release';
  }>({
    severity: 'error',
    title: "Flux's manifests could not be obtained",
    explain: `\`espalier flux vendor\` takes install manifests from a flux program (\`--flux\`, or the one in PATH), from a file or folder (\`--from\`), or from the release (\`--release\`, with the address of a mirror if you have one). Downloads use HTTPS, follow redirects to HTTPS only, are held to the release's checksums and to 1 MiB, and are tried three times. They go through the proxy that \`HTTPS_PROXY\` names, but for hosts in \`NO_PROXY\`.

Without a connection there are two ways: a flux program, which has the manifests of its own version in it (\`--flux <path>\`), or \`install.yaml\` and \`flux_<version>_checksums.txt\` of the release, downloaded elsewhere into one folder (\`--from <folder>\`).`,
    message: ({ version, from, reason }) => `Cannot obtain Flux ${version} from ${from}: ${reason}`,
    hint: ({ way }) =>
      way === 'release'
        ? 'Check the version and the connection (HTTPS_PROXY names a proxy); off-line, give a flux program (--flux <path>) or what was downloaded elsewhere (--from <folder with install.yaml>)'
        : 'Mend that, or take the manifests from elsewhere: --from a file or folder, --flux a program, or --release',
  }),
  'flux-checksum-differs': entry<{ readonly from: string; readonly file: string; readonly expected: string; readonly found: string }>({
    severity: 'error',
    title: "A file of Flux's release is not what its checksums say",
    explain: `The file differs from the release's own \`flux_<version>_checksums.txt\`: the download was damaged, or somebody changed it on the way. Whoever can change the file can often change the checksums too; they guard against damage, not against a stolen release. To be sure, verify the release's signature with \`cosign\`, then use \`--from\`.`,
    message: ({ from, file, expected, found }) =>
      `Cannot use ${file} from ${from}: its SHA-256 is ${found.slice(0, 12)}…, and the checksums say ${expected.slice(0, 12)}…`,
    hint: () => 'Download it again; if it stays so, do not use it',
  }),
  'not-flux-manifests': entry<{ readonly version: string; readonly from: string; readonly reason: string }>({
    severity: 'error',
    title: 'What was given are no install manifests of Flux',
    explain: `Vendored manifests become the agent of whole clusters, so that they are looked at first: sound YAML, nothing but Kubernetes objects, no Secret, the Namespace \`flux-system\`, the CustomResourceDefinitions, at least source-controller and kustomize-controller, no Deployment that is not Flux's, the version that was asked for (where they say one), and the controllers that were asked for.`,
    message: ({ version, from, reason }) => `Cannot vendor Flux ${version} from ${from}: ${reason}`,
    hint: () => 'Give the output of flux install --export, or install.yaml of a release',
  }),
};
