import { counted, listed } from '../../lib/words.ts';
import { entry } from '../entry.ts';

interface ObjectArgs {
  readonly app: string;
  readonly kind: string;
  readonly name: string;
}

export const renderCatalogue = {
  'outside-cloud': entry<ObjectArgs & { readonly namespace?: string; readonly cloud: string; readonly cloudNamespaces: readonly string[] }>(
    {
      severity: 'error',
      title: 'An app has an object outside its logical cloud',
      explain: `An app is applied under the account of its logical cloud, which may write in the cloud's namespaces only. An object of another namespace, or one that belongs to the whole cluster (a \`Namespace\`, \`ClusterRole\`, \`CustomResourceDefinition\` …) and that no permission of the cloud with \`scope: Cluster\` speaks of, would be refused by the cluster, or moved into the cloud's namespace by the agent.

Leave \`metadata.namespace\` out of templates: the cloud's is filled in, of several the first. What a whole cluster shares is not part of a tenant's app.`,
      message: ({ app, kind, name, namespace, cloud, cloudNamespaces }) =>
        namespace === undefined
          ? `Cannot write ${kind} "${name}" of app "${app}": it belongs to the whole cluster, and logical cloud "${cloud}" has ${owned(cloudNamespaces)} only`
          : `Cannot write ${kind} "${name}" of app "${app}": it names namespace "${namespace}", and logical cloud "${cloud}" has ${owned(cloudNamespaces)} only`,
      hint: ({ namespace }) =>
        namespace === undefined
          ? 'Remove the object from the template, install it with what sets up the cluster, or permit it to the cloud with scope: Cluster'
          : 'Remove metadata.namespace from the template, or run the app in the logical cloud that has the namespace',
    },
  ),
  'bad-metadata': entry<ObjectArgs & { readonly path: string; readonly reason: string }>({
    severity: 'error',
    title: 'A label, annotation or namespace is not what Kubernetes takes',
    explain: `Labels, annotations and namespaces are text, and a label's value has at most 63 letters, digits, \`-\`, \`_\` and \`.\`, beginning and ending with a letter or digit. A number or \`true\` in their place is refused by the cluster, and the app's other objects with it.

In a template, quote the mustache: \`version: "{{tag}}"\`.`,
    message: ({ app, kind, name, path, reason }) => `Cannot use ${path} of ${kind} "${name}" of app "${app}": ${reason}`,
    hint: ({ reason }) =>
      reason.endsWith('not text')
        ? 'Quote the value, in the template or in the patch that sets it'
        : 'Shorten the value, or make it an annotation',
  }),
  'secret-data': entry<ObjectArgs & { readonly template: string; readonly field: string; readonly what?: string | undefined }>({
    severity: 'error',
    title: 'A rendered object holds a readable secret',
    explain: `Everything rendered is committed, and stays in Git's history. A \`Secret\` may therefore hold values only when SOPS has encrypted all of them: then the object has a \`sops\` record, and each value reads \`ENC[…]\`. Base64 is no encryption. Any other object may hold the *name* of a Secret, and no text that has the shape of a credential: a token, a private key, a password in a URL.

Better still, render a reference to a secret store (such as an \`ExternalSecret\`) and let the cluster fetch the value. The finding never shows the data.`,
    message: ({ app, kind, name, field, what }) =>
      what === undefined
        ? `Cannot write ${kind} "${name}" of app "${app}": "${field}" holds values that are not SOPS-encrypted`
        : `Cannot write ${kind} "${name}" of app "${app}": "${field}" looks like ${what}`,
    hint: ({ template, what }) =>
      what === undefined
        ? `Take the Secret out of template "${template}" and refer to a secret store, or encrypt it with SOPS`
        : 'Keep it in a Secret (made by an ExternalSecret, or encrypted with SOPS), refer to that by name, and revoke what was committed',
  }),
  'duplicate-object': entry<ObjectArgs & { readonly file: string }>({
    severity: 'error',
    title: 'An app renders an object twice',
    explain: `Each object has a file of its own, named by its name, kind, group and namespace. Two objects of one app that share all of these are one object to the cluster: the agent would apply one over the other for ever. Versions of an API group do not tell objects apart.`,
    message: ({ app, kind, name, file }) =>
      `Cannot write ${kind} "${name}" of app "${app}": another of its objects is written to "${file}"`,
    hint: () => 'Rename one of them, or remove one from the template',
  }),
  'renders-nothing': entry<{ readonly app: string; readonly template: string }>({
    severity: 'error',
    title: 'An app renders no object',
    explain: `With these values the template yields no object at all. An app that is deployed and runs nowhere is worse than an error, and agents fail on an empty folder. Where an app shall not run, its placement says so.`,
    message: ({ app, template }) => `Cannot write app "${app}": template "${template}" yields no object`,
    hint: () => 'Change the values, or leave the cluster out of the placement',
  }),
};

function owned(namespaces: readonly string[]): string {
  const names = listed(namespaces.map((name) => `"${name}"`));
  return namespaces.length === 1 ? `namespace ${names}` : `${counted(namespaces.length, 'namespace')}, ${names},`;
}
