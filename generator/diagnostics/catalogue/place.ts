import { entry } from '../entry.ts';

/** `where` names a part of a document as people would find it, such as `spec.clusters[0]` or `placement.anyOf[1]`. */
interface SelectorArgs {
  readonly where: string;
  readonly reason: string;
}

function list(items: readonly string[]): string {
  const shown = items.slice(0, 3).join('; ');
  return items.length > 3 ? `${shown}; and ${items.length - 3} more` : shown;
}

export const placeCatalogue = {
  'bad-expression': entry<SelectorArgs & { readonly column?: number }>({
    severity: 'error',
    title: 'A selector holds an expression that cannot be used',
    explain: `\`expression\` is a CEL condition over one variable, \`cluster\`, with \`name\`, \`provider\`, \`labels\` and \`variables\`. It is read and type-checked before any cluster is looked at, and must be true or false:

\`\`\`yaml
expression: cluster.labels.tier == "edge" && cluster.variables.nodes >= 3
\`\`\`

Operators, \`in\`, \`has()\`, \`size()\`, \`startsWith()\`, \`endsWith()\`, \`contains()\`, \`trim()\`, \`lowerAscii()\`, \`upperAscii()\`, conversions and one level of \`all()\`, \`exists()\`, \`exists_one()\` are there. Functions that may take very long, such as \`matches()\` and \`map()\`, are not, nor is anything about time. An expression has at most 1024 characters.

A label or variable that a cluster does not have makes the expression not match that cluster; it is no error.`,
    message: ({ where, column, reason }) =>
      `Cannot use the expression of ${where}: ${reason}${column === undefined ? '' : ` (column ${column})`}`,
    hint: () => 'Write a condition over "cluster" (name, provider, labels, variables), such as cluster.labels.tier == "edge"',
  }),
  'bad-match-expression': entry<SelectorArgs>({
    severity: 'error',
    title: 'A requirement has the wrong number of values',
    explain: `In \`matchExpressions\`, \`In\` and \`NotIn\` compare the label with \`values\` and need at least one; \`Exists\` and \`DoesNotExist\` look at the key alone and take none. This is Kubernetes' rule.`,
    message: ({ where, reason }) => `Cannot use ${where}: ${reason}`,
    hint: ({ reason }) =>
      reason.endsWith('needs values') ? 'Add values, or use Exists or DoesNotExist' : 'Remove values, or use In or NotIn',
  }),
  'placement-matches-nothing': entry<{
    readonly app: string;
    readonly where: string;
    readonly sentences: readonly string[];
    readonly ruledOut: readonly string[];
    readonly near?: string;
  }>({
    severity: 'error',
    title: 'A placement matches no cluster',
    explain: `Every item of \`allOf\` and the list of \`anyOf\` must yield at least one cluster: an app that silently runs nowhere is worse than an error. Either no cluster has what the selectors ask for, or each one that has it was ruled out: it is not Active, or the logical cloud does not span it.`,
    message: ({ app, where, sentences, ruledOut }) =>
      ruledOut.length > 0
        ? `Cannot place app "${app}": every cluster that ${where} matches is ruled out: ${list(ruledOut)}`
        : `Cannot place app "${app}": ${where} matches no cluster: ${list(sentences)}`,
    hint: ({ near, ruledOut }) =>
      near ??
      (ruledOut.length > 0
        ? 'Choose other clusters, or change what rules these out'
        : 'Compare the selector with the labels of the Cluster documents'),
  }),
  'too-few-clusters': entry<{ readonly app: string; readonly count: number; readonly found: number; readonly ruledOut: readonly string[] }>(
    {
      severity: 'error',
      title: 'There are fewer clusters than count asks for',
      explain: `\`count\` says how many clusters of the \`anyOf\` list take the app. Fewer than that match and are free to take it. Nothing is placed on clusters that the list does not name.`,
      message: ({ app, count, found, ruledOut }) =>
        `Cannot place app "${app}" on ${count} clusters: anyOf has ${found}${ruledOut.length > 0 ? `, others are ruled out: ${list(ruledOut)}` : ''}`,
      hint: ({ found }) => `Lower count to ${found}, or widen the selectors of anyOf`,
    },
  ),
  'count-without-any-of': entry<{ readonly app: string; readonly count: number }>({
    severity: 'error',
    title: 'A placement has count but no anyOf',
    explain: `\`count\` says how many clusters of the \`anyOf\` list take the app. \`allOf\` always takes all that its items match, so that \`count\` would mean nothing there.`,
    message: ({ app, count }) => `Cannot place app "${app}": count ${count} stands without anyOf`,
    hint: () => 'Move the selectors to anyOf, or remove count',
  }),
  'cloud-spans-nothing': entry<{ readonly cloud: string; readonly sentences: readonly string[]; readonly near: string | undefined }>({
    severity: 'error',
    title: 'A logical cloud spans no cluster',
    explain: `\`clusters\` of a logical cloud chooses where its apps may run; any one selector suffices, and without the field it spans all clusters. Here none of the selectors matches any cluster, so that no app of the cloud could run anywhere, and a cloud that was in place would be removed.`,
    message: ({ cloud, sentences }) => `Cannot place logical cloud "${cloud}": no cluster matches its selectors: ${list(sentences)}`,
    hint: ({ near }) => near ?? 'Compare the selectors with the labels of the Cluster documents, or remove clusters to span all',
  }),
  'idle-selector': entry<{ readonly where: string; readonly sentence: string; readonly near: string | undefined }>({
    severity: 'warning',
    title: 'A selector matches no cluster',
    explain: `One selector of a list (\`clusters\` of a logical cloud, or \`anyOf\` of a placement), or that of an AgentInstallation, matches no cluster at present. It is of no effect. That may be right, when the clusters are yet to come; or a label is misspelt.`,
    message: ({ where, sentence }) => `Selector ${where} matches no cluster: ${sentence}`,
    hint: ({ near }) => near ?? 'Compare it with the labels of the Cluster documents, or remove it',
  }),
  'idle-customization': entry<{
    readonly app: string;
    readonly index: number;
    readonly sentence: string;
    readonly elsewhere: readonly string[];
    readonly near: string | undefined;
  }>({
    severity: 'warning',
    title: "A customization matches none of the app's clusters",
    explain: `\`customize\` changes an app on those of *its* clusters that the selector matches. This one matches none that the app is placed on, so that its values and patches are of no effect. Its values are checked all the same; its patches are not tried.`,
    message: ({ app, index, sentence, elsewhere }) =>
      `Selector customize[${index}].clusters of app "${app}" matches none of the app's clusters: ${sentence}${elsewhere.length > 0 ? ` matches ${list(elsewhere)}` : ''}`,
    hint: ({ near, elsewhere }) =>
      elsewhere.length > 0
        ? 'Place the app there too, or choose clusters that it is placed on'
        : (near ?? 'Compare it with the labels of the Cluster documents'),
  }),
};
