import { entry } from '../entry.ts';

interface Login {
  readonly reference: string;
  readonly resource: string;
  readonly auth: string;
}

const AUTHS = `Config Sync signs in to the repository in one of these ways: \`none\`; \`ssh\`, \`token\` or \`cookiefile\`, with a Secret; \`gcenode\` or \`gcpserviceaccount\`, as a Google account. \`auth\` stands in the SyncObject of type \`google\`, the repository's address and the Secret's name in that of type \`git\`. Config Sync refuses a sync in which they do not fit.`;

/** Clusters that Config Sync looks after. */
export const googleCatalogue = {
  'google-auth-unfit': entry<Login & { readonly url: string }>({
    severity: 'error',
    title: 'The way to sign in does not fit the repository’s address',
    explain: `${AUTHS} \`ssh\` is for addresses that begin with \`ssh://\`, and the others are for HTTPS.`,
    message: ({ reference, auth, url }) => `Cannot sign in to "${url}" with auth "${auth}" of sync object "${reference}"`,
    hint: ({ auth, resource }) =>
      auth === 'ssh' ? `Give "${resource}" an address that begins with ssh://, or use auth: token` : 'Write auth: ssh, or an HTTPS address',
  }),
  'google-secret-missing': entry<Login>({
    severity: 'error',
    title: 'The way to sign in needs a Secret, and none is named',
    explain: `${AUTHS} The Secret is needed in Config Sync's namespace and in that of each logical cloud; its name is all that is written here.`,
    message: ({ resource, auth }) => `Cannot sign in with auth "${auth}": sync object "${resource}" names no Secret`,
    hint: ({ resource }) => `Add git.secretRef to "${resource}", or use auth: none for a public repository`,
  }),
  'google-secret-unused': entry<Login & { readonly secret: string }>({
    severity: 'warning',
    title: 'A Secret is named that the way to sign in does not use',
    explain: `${AUTHS} A Secret beside \`none\`, \`gcenode\` or \`gcpserviceaccount\` is such a case: it is left out.`,
    message: ({ resource, auth, secret }) =>
      `Secret "${secret}" of sync object "${resource}" has no effect: Config Sync signs in with auth "${auth}"`,
    hint: ({ resource }) => `Remove git.secretRef from "${resource}", or use auth: token or ssh`,
  }),
  'google-account-missing': entry<Login>({
    severity: 'error',
    title: 'The way to sign in needs a Google account, and none is named',
    explain: `${AUTHS} \`gcpserviceaccount\` needs \`serviceAccountEmail\`, in the same SyncObject.`,
    message: ({ reference }) => `Cannot sign in with auth "gcpserviceaccount": sync object "${reference}" names no account`,
    hint: () => 'Add google.serviceAccountEmail',
  }),
  'google-account-unused': entry<Login>({
    severity: 'error',
    title: 'A Google account is named that the way to sign in does not use',
    explain: `${AUTHS} \`serviceAccountEmail\` is for \`gcpserviceaccount\` alone.`,
    message: ({ reference, auth }) =>
      `Cannot use serviceAccountEmail of sync object "${reference}": Config Sync signs in with auth "${auth}"`,
    hint: () => 'Remove it, or use auth: gcpserviceaccount',
  }),
  'google-version-not-whole': entry<{ readonly cluster: string; readonly version: string }>({
    severity: 'error',
    title: 'The version of Config Sync is not a whole one',
    explain: `\`agentVersion\` is the version that the fleet installs on the cluster, and the fleet's API takes one such as \`1.22.0\`. Without it the fleet keeps what is installed, or installs its newest.`,
    message: ({ cluster, version }) => `Cannot ask for Config Sync "${version}" on cluster "${cluster}": it is no whole version`,
    hint: ({ version }) => `Write all three numbers, such as "${version}.0", or leave it out`,
  }),
  'google-membership-name': entry<{ readonly cluster: string; readonly name: string }>({
    severity: 'error',
    title: 'A fleet has no member of such a name',
    explain: `A cluster is known to its fleet by the name of its membership: \`resourceName\`, or else \`metadata.name\`. It has lower-case letters, digits and hyphens, at most 63.`,
    message: ({ cluster, name }) => `Cannot use "${name}" for cluster "${cluster}": no membership of a fleet has such a name`,
    hint: () => 'Write the name as `gcloud container fleet memberships list` shows it',
  }),
  'google-membership-shared': entry<{ readonly clusters: readonly [string, string]; readonly name: string; readonly project: string }>({
    severity: 'error',
    title: 'Two clusters are one member of a fleet',
    explain: `A cluster is known to its fleet by project, location and the name of its membership (\`resourceName\`, or else \`metadata.name\`). Of two that are the same member, the second configuration would take the place of the first, and Config Sync would delete what the first had brought.`,
    message: ({ clusters: [one, other], name, project }) =>
      `Cannot tell cluster "${other}" from "${one}": both are membership "${name}" of project "${project}"`,
    hint: () => 'Give one of them the resourceName that the fleet knows it by',
  }),
  'google-namespace-too-long': entry<{ readonly cloud: string; readonly namespace: string; readonly longest: number }>({
    severity: 'error',
    title: 'A namespace is too long for Config Sync',
    explain: `A logical cloud's RepoSync is called \`repo-sync\` and lives in the cloud's namespace. Config Sync makes one name of both, and refuses them when they are longer than 45 characters together.`,
    message: ({ cloud, namespace, longest }) =>
      `Cannot sync logical cloud "${cloud}": its namespace "${namespace}" has ${namespace.length} characters, and Config Sync takes ${longest}`,
    hint: () => 'Choose a shorter spec.namespace, or leave clusters with gitOpsType googleAnthos out',
  }),
  'google-delivery-ignored': entry<{ readonly field: string }>({
    severity: 'warning',
    title: 'Config Sync has no such setting here',
    explain: `All apps of a logical cloud are one RepoSync on each cluster. So how often Git is looked at (\`interval\`) and how long is waited (\`timeout\`) are the cluster's, or a chart's, and not a deployment's; pauses after a failure (\`retryInterval\`) are Config Sync's own, and \`wait: false\` means nothing to it. \`deletionPolicy\` is heeded.`,
    message: ({ field }) => `No sync of Config Sync can carry "delivery.${field}" of this document: it has no effect on its clusters`,
    hint: () => 'Leave it to clusters of other agents; interval and timeout may stand in the Cluster',
  }),
  'google-order-ignored': entry<{ readonly app: string; readonly other: string }>({
    severity: 'warning',
    title: 'Config Sync does not wait for an app',
    explain: `Within one RepoSync, objects wait for others (\`config.kubernetes.io/depends-on\`): so apps wait for the Deployments, StatefulSets, DaemonSets and Jobs of the apps that they depend on. A chart is a RepoSync of its own, and no object waits for one of another sync. What comes too early is tried again until it works.`,
    message: ({ app, other }) => `App "${app}" does not wait for "${other}" on clusters with Config Sync: a chart is a sync of its own`,
    hint: () => 'See to it that the app bears it, or run espalier chart vendor and use source.template',
  }),
  'google-object-refused': entry<{
    readonly app: string;
    readonly cloud: string;
    readonly kind: string;
    readonly name: string;
    readonly field: string;
  }>({
    severity: 'error',
    title: 'Config Sync refuses an object, and with it all of the logical cloud',
    explain: `Config Sync reads all apps of a logical cloud as one. An object with what only the API server may fill in (\`status\`, \`metadata.uid\`, \`ownerReferences\` …), with labels or annotations of Config Sync's own, or outside of the cloud's first namespace, where its RepoSync is, makes it refuse everything, other apps included.`,
    message: ({ app, cloud, kind, name, field }) =>
      `Cannot apply ${kind} "${name}" of app "${app}": Config Sync refuses it for its ${field}, and all of logical cloud "${cloud}" with it`,
    hint: () => 'Remove it in the template or with a patch, or leave clusters with gitOpsType googleAnthos out',
  }),
  'google-chart-field': entry<{ readonly app: string; readonly field: string }>({
    severity: 'error',
    title: 'Config Sync cannot install a chart in the way that is asked for',
    explain: `On a cluster that Config Sync looks after, a chart is the Helm source of a RepoSync. Such a source takes no values from a Secret, or from a ConfigMap that may change (\`valuesFrom\`), does not insist on a \`digest\`, nothing patches what the chart renders (\`customize[].patches\`), and a \`null\` among the values may be lost on the way. To leave any of these out would install something else.`,
    message: ({ app, field }) =>
      `Cannot install the chart of app "${app}" on every cluster that it is placed on: Config Sync has no ${field}`,
    hint: () => 'Leave it out, place the app on clusters of other agents, or run espalier chart vendor and use source.template',
  }),
  'google-kustomization': entry<{ readonly path: string }>({
    severity: 'error',
    title: 'A kustomization that makes Config Sync refuse a folder',
    explain: `Config Sync reads what lies below \`cluster/\` and \`namespaces/<namespace>/\` as it is. A file of kustomize's in a folder below makes it refuse the whole sync, so that nothing of it is updated any more.`,
    message: ({ path }) => `Cannot leave "${path}" where it is: Config Sync refuses everything beside a kustomization`,
    hint: () => 'Remove it, or keep it outside of the folders that Config Sync reads',
  }),
};
