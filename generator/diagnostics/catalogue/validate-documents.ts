import { entry } from '../entry.ts';

/** `field` is a path such as `spec.apps[0].name`; values are described or quoted already. */
interface FieldArgs {
  readonly field: string;
}

interface NearArgs {
  readonly near?: string | undefined;
}

export const documentCatalogue = {
  'unknown-version': entry<{ readonly version?: string; readonly isEmco: boolean }>({
    severity: 'error',
    title: 'A document has another apiVersion, or none',
    explain: `Every document of \`intents/\`, and every \`template.yaml\`, begins with \`apiVersion: espalier.dev/v1alpha1\`. Kubernetes objects belong into templates.`,
    message: ({ version, isEmco }) => {
      if (isEmco) return 'Cannot read this document: it is an EMCO document; Espalier reads espalier.dev/v1alpha1';
      return version === undefined ? 'Cannot read this document: it has no apiVersion' : `Cannot read apiVersion ${version}: it is unknown`;
    },
    hint: ({ isEmco }) =>
      isEmco
        ? 'Write it anew as a document of Espalier'
        : 'Write apiVersion: espalier.dev/v1alpha1; a Kubernetes object belongs into a template',
  }),
  'unknown-kind': entry<{ readonly kind?: string; readonly kinds: readonly string[] } & NearArgs>({
    severity: 'error',
    title: 'A document is of an unknown kind, or of none',
    explain: `The kinds of \`espalier.dev/v1alpha1\` are Cluster, SyncObject, LogicalCloud and DeploymentIntent. A \`template.yaml\` is of kind Template.`,
    message: ({ kind }) => (kind === undefined ? 'Cannot read this document: it has no kind' : `Cannot read kind ${kind}: it is unknown`),
    hint: ({ near, kinds }) => (near === undefined ? `Write kind: ${kinds.join(' or ')}` : `Did you mean "${near}"?`),
  }),
  'unknown-field': entry<FieldArgs & NearArgs & { readonly key: string; readonly known: readonly string[] }>({
    severity: 'error',
    title: 'A field is unknown',
    explain: `Only fields that do something are accepted, so that a misspelt one cannot pass unseen. The reference lists them for each kind.`,
    message: ({ key, field }) => `Cannot use field ${key}${field === '' ? '' : ` of "${field}"`}: it is unknown`,
    hint: ({ near, known }) => (near === undefined ? `Known here: ${known.slice(0, 12).join(', ')}` : `Did you mean "${near}"?`),
  }),
  'missing-field': entry<FieldArgs & { readonly key: string; readonly help?: string | undefined }>({
    severity: 'error',
    title: 'A required field is missing',
    explain: `The field has no default and the document means nothing without it. The reference tells which fields of a kind are required.`,
    message: ({ key, field }) =>
      field === '' ? `Cannot read this document: field "${key}" is missing` : `Cannot use "${field}": field "${key}" is missing`,
    hint: ({ key, help }) => (help === undefined ? `Add "${key}"` : `Add "${key}": ${help}`),
  }),
  'wrong-type': entry<
    FieldArgs & {
      readonly expected: string;
      readonly found: string;
      readonly mend: 'quote' | 'unquote' | 'none';
      readonly instead?: string | undefined;
    }
  >({
    severity: 'error',
    title: 'A value is of the wrong type',
    explain: `YAML decides from the look of a value what it is: \`1.10\` is the number 1.1, \`yes\` and \`true\` are truth values, and \`"1.10"\` in quotes is a text. Where a text is wanted, quote what looks like something else.`,
    message: ({ field, expected, found }) =>
      `Cannot use ${field === '' ? 'this document' : `"${field}"`}: expected ${expected}, found ${found}`,
    hint: ({ mend, instead }) => {
      if (instead !== undefined) return `Write ${instead}`;
      if (mend === 'quote') return 'Put quotes around it, so that it is read as text';
      return mend === 'unquote' ? 'Remove the quotes' : undefined;
    },
  }),
  'invalid-field': entry<FieldArgs & NearArgs & { readonly value: string; readonly rule: string }>({
    severity: 'error',
    title: 'A field has a value that it cannot have',
    explain: `The value is of the right type but not one that the field takes: not among its choices, too long, too small, or not of the required form. The reference tells what each field takes.`,
    message: ({ field, value, rule }) => `Cannot use ${value}${field === '' ? '' : ` as "${field}"`}: ${rule}`,
    hint: ({ near }) => (near === undefined ? undefined : `Did you mean "${near}"?`),
  }),
  'bad-name': entry<FieldArgs & NearArgs & { readonly value: string; readonly longest: number }>({
    severity: 'error',
    title: 'A name is no DNS label',
    explain: `Names become folders, object names and label values, so that they are DNS labels (RFC 1123): lower-case letters, digits and \`-\`, starting and ending with a letter or digit, at most 63 characters (43 for an app, because \`<context id>-<app>\` must fit too).`,
    message: ({ field, value, longest }) =>
      `Cannot use ${value} as "${field}": a name has lower-case letters, digits and "-", starts and ends with a letter or digit, and is at most ${longest} characters long`,
    hint: ({ near }) => (near === undefined ? 'Choose another name' : `Write it as "${near}"`),
  }),
  'incomplete-gitops': entry<{ readonly missing: readonly string[] }>({
    severity: 'error',
    title: 'gitOps has not all of its three fields',
    explain: `\`gitOps\` needs \`gitOpsType\`, \`gitOpsReferenceObject\` and \`gitOpsResourceObject\`: the agent, what references reach it through, and what holds its tree. A cluster without an agent (direct access) has no \`gitOps\` at all.`,
    message: ({ missing }) =>
      `Cannot use "spec.gitOps": ${missing.map((key) => `"${key}"`).join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing`,
    hint: () => 'Give all three, or remove gitOps for direct access',
  }),
  'more-mistakes': entry<{ readonly count: number }>({
    severity: 'error',
    title: 'A document has more mistakes than are shown',
    explain: `At most 100 breaches of the schema are shown for one document.`,
    message: ({ count }) => `Cannot show all mistakes of this document: there are ${count} more`,
    hint: () => 'Mend those that are shown and run again',
  }),
  'duplicate-identity': entry<{ readonly kind: string; readonly identity: string }>({
    severity: 'error',
    title: 'Two documents have one identity',
    explain: `Clusters and sync objects are told apart by provider and name, logical clouds and deployment intents by namespace and name, wherever the documents stand. Two with one identity contradict each other.`,
    message: ({ kind, identity }) => `Cannot use two documents for ${kind} "${identity}"`,
    hint: () => 'Remove or rename one of them',
  }),
  'duplicate-app': entry<{ readonly app: string; readonly deployment: string }>({
    severity: 'error',
    title: 'Two apps of a deployment have one name',
    explain: `An app's name is unique in its deployment: it names the app's folder in the tree and its reference.`,
    message: ({ app, deployment }) => `Cannot use two apps named "${app}" in deployment "${deployment}"`,
    hint: () => 'Rename one of them',
  }),
  'reserved-app-name': entry<{ readonly app: string }>({
    severity: 'error',
    title: "An app has the name of a logical cloud's own objects",
    explain: `A logical cloud's namespace, account and permissions are written as an app named \`logical-cloud\`; no other app may have that name.`,
    message: ({ app }) => `Cannot use app name "${app}": it is reserved`,
    hint: () => 'Choose another name',
  }),
  'slug-collision': entry<{ readonly slug: string; readonly clusters: readonly [string, string] }>({
    severity: 'error',
    title: 'Two clusters have one name in object names',
    explain: `In object names the id \`<provider>+<cluster>\` reads \`<provider>-<cluster>\`. Two clusters may not read the same, such as \`a+b-c\` and \`a-b+c\`.`,
    message: ({ slug, clusters: [one, other] }) => `Cannot tell cluster "${other}" from "${one}": both read "${slug}" in object names`,
    hint: () => 'Rename one of them',
  }),
  'context-id-collision': entry<{ readonly id: string; readonly contexts: readonly [string, string] }>({
    severity: 'error',
    title: 'Two contexts have one id',
    explain: `A deployment intent or logical cloud is written under an id that is derived from its kind, namespace and name, or kept from an earlier identity with \`spec.contextId\`. Two contexts with one id would overwrite each other.`,
    message: ({ id, contexts: [one, other] }) => `Cannot use context id ${id} for ${other}: ${one} has it`,
    hint: () => 'Give each its own contextId, or remove one that was copied',
  }),
  'literal-secret': entry<FieldArgs & { readonly what: string }>({
    severity: 'error',
    title: 'A secret stands in plain text',
    explain: `Intents and the tree are read by many and kept for ever by Git. A secret stands in a Kubernetes Secret (made by hand, by External Secrets, or encrypted with SOPS), and intents hold its *name*. Whatever was committed must be taken as known: revoke it and draw a new one.`,
    message: ({ field, what }) => `Cannot keep a secret in Git: "${field}" looks like ${what}`,
    hint: () => 'Revoke it, put a new one into a Secret, and give the name of that Secret here',
  }),
};
