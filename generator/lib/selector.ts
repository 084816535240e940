import type { ClusterSelector, MatchExpression } from '../model/api.generated.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { JsonPath } from '../model/json.ts';
import { compileClusterExpression, type ExpressionProblem } from './cluster-expression.ts';
import { compareText } from './order.ts';

/** What is wrong with a selector itself; `path` leads from the selector to the part. */
export type SelectorProblem =
  | (ExpressionProblem & { readonly kind: 'expression'; readonly path: JsonPath })
  | { readonly kind: 'requirement'; readonly path: JsonPath; readonly reason: string };

/** A selector made ready: asked once per cluster. One with problems matches nothing. */
export interface CompiledSelector {
  readonly matches: (cluster: KnownCluster) => boolean;
  readonly problems: readonly SelectorProblem[];
}

type Test = (cluster: KnownCluster) => boolean;

const compiled = new WeakMap<ClusterSelector, CompiledSelector>();

/** Reads a selector: all its fields must hold, and an empty one matches every cluster. The same object is read once. */
export function compileSelector(selector: ClusterSelector): CompiledSelector {
  const known = compiled.get(selector);
  if (known) return known;
  const made = compile(selector);
  compiled.set(selector, made);
  return made;
}

function compile(selector: ClusterSelector): CompiledSelector {
  const tests: Test[] = [];
  const problems: SelectorProblem[] = [];
  const { provider, cluster, clusterLabel, matchLabels, matchExpressions, expression } = selector;
  if (provider !== undefined) tests.push((candidate) => candidate.value.spec.provider === provider);
  if (cluster !== undefined) tests.push((candidate) => candidate.value.metadata.name === cluster);
  if (clusterLabel !== undefined) tests.push(labelTest(clusterLabel));
  for (const [key, value] of Object.entries(matchLabels ?? {})) tests.push((candidate) => labelOf(candidate, key) === value);
  for (const [index, requirement] of (matchExpressions ?? []).entries()) {
    const reason = requirementProblem(requirement);
    if (reason === undefined) tests.push(requirementTest(requirement));
    else problems.push({ kind: 'requirement', path: ['matchExpressions', index], reason });
  }
  if (expression !== undefined) {
    const result = compileClusterExpression(expression);
    if (result.ok) tests.push(result.matches);
    else problems.push({ kind: 'expression', path: ['expression'], ...result.problem });
  }
  return { matches: problems.length > 0 ? () => false : (candidate) => tests.every((test) => test(candidate)), problems };
}

/** The value of a cluster's label, `undefined` where it has none. */
export function labelOf(cluster: KnownCluster, key: string): string | undefined {
  const labels = cluster.value.metadata.labels;
  return labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** `key` or `key=value`, cut at the first `=`. */
export function splitClusterLabel(text: string): { readonly key: string; readonly value?: string } {
  const cut = text.indexOf('=');
  return cut < 0 ? { key: text } : { key: text.slice(0, cut), value: text.slice(cut + 1) };
}

function labelTest(text: string): Test {
  const { key, value } = splitClusterLabel(text);
  return value === undefined ? (cluster) => labelOf(cluster, key) !== undefined : (cluster) => labelOf(cluster, key) === value;
}

function requirementProblem({ operator, values = [] }: MatchExpression): string | undefined {
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues && values.length === 0) return `operator ${operator} needs values`;
  if (!takesValues && values.length > 0) return `operator ${operator} takes no values`;
  return undefined;
}

/** Kubernetes' meaning: `NotIn` holds for a cluster without the label too. */
function requirementTest({ key, operator, values = [] }: MatchExpression): Test {
  const wanted = new Set<string | undefined>(values);
  switch (operator) {
    case 'In':
      return (cluster) => wanted.has(labelOf(cluster, key));
    case 'NotIn':
      return (cluster) => !wanted.has(labelOf(cluster, key));
    case 'Exists':
      return (cluster) => labelOf(cluster, key) !== undefined;
    case 'DoesNotExist':
      return (cluster) => labelOf(cluster, key) === undefined;
    default:
      return operator satisfies never;
  }
}

/** A selector in words, such as `provider azure and label tier=edge`. */
export function describeSelector(selector: ClusterSelector): string {
  const { provider, cluster, clusterLabel, matchLabels = {}, matchExpressions = [], expression } = selector;
  const labels = Object.entries(matchLabels).sort(([a], [b]) => compareText(a, b));
  const parts = [
    ...(provider === undefined ? [] : [`provider ${provider}`]),
    ...(cluster === undefined ? [] : [`cluster ${cluster}`]),
    ...(clusterLabel === undefined ? [] : [`label ${clusterLabel}`]),
    ...labels.map(([key, value]) => `label ${key}=${value}`),
    ...matchExpressions.map(describeRequirement),
    ...(expression === undefined ? [] : [`expression ${expression.trim().replace(/\s+/g, ' ')}`]),
  ];
  return parts.length === 0 ? 'every cluster' : parts.join(' and ');
}

function describeRequirement({ key, operator, values = [] }: MatchExpression): string {
  switch (operator) {
    case 'In':
      return `label ${key} in (${values.join(', ')})`;
    case 'NotIn':
      return `label ${key} not in (${values.join(', ')})`;
    case 'Exists':
      return `label ${key}`;
    case 'DoesNotExist':
      return `no label ${key}`;
    default:
      return operator satisfies never;
  }
}
