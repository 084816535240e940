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
};
