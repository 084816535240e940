import { Environment } from '@marcbachmann/cel-js';
import type { KnownCluster } from '../model/intents.ts';

/** Why a text is no usable expression, and where: in UTF-16 code units from its start. */
export interface ExpressionProblem {
  readonly reason: string;
  readonly offset?: number;
  readonly length?: number;
}

/** A CEL expression over one cluster, or why it is none. */
export type ClusterExpression =
  { readonly ok: true; readonly matches: (cluster: KnownCluster) => boolean } | { readonly ok: false; readonly problem: ExpressionProblem };

/** Long enough for any honest condition, short enough that none costs more than microseconds. */
export const EXPRESSION_LIMIT = 1024;

const QUANTIFIERS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one']);

/**
 * What expressions may call. Left out are functions that can take exponential time or space (`matches` with a backtracking engine, `map`,
 * `filter`, `cel.bind`) and those that read the machine's time zone (`timestamp` and its kin).
 */
const FUNCTIONS: ReadonlySet<string> = new Set([
  ...QUANTIFIERS,
  ...['has', 'size', 'startsWith', 'endsWith', 'contains', 'lowerAscii', 'upperAscii', 'trim', 'bool', 'double', 'int', 'string'],
]);

const environment = new Environment({
  limits: { maxAstNodes: 300, maxDepth: 40, maxListElements: 200, maxMapEntries: 50 },
}).registerVariable({
  name: 'cluster',
  schema: { name: 'string', provider: 'string', labels: 'map<string, string>', variables: 'map<string, dyn>' },
});

/**
 * Parses and type-checks an expression. It sees `cluster` and nothing else, and must be true or false. An error while it is evaluated,
 * such as a label that the cluster does not carry, counts as "does not match".
 */
export function compileClusterExpression(text: string): ClusterExpression {
  if (text.length > EXPRESSION_LIMIT) return failure({ reason: `it is longer than ${EXPRESSION_LIMIT} characters` });
  const checked = environment.check(text);
  if (!checked.valid) return failure(complaint(checked.error));
  const parsed = environment.parse(text);
  const misuse = findMisuse(parsed.ast, false);
  if (misuse) return failure(misuse);
  if (checked.type !== 'bool' && checked.type !== 'dyn') {
    return failure({ reason: `it must be true or false, but is of type ${String(checked.type)}` });
  }
  const matches = (cluster: KnownCluster): boolean => {
    try {
      return parsed({ cluster: subject(cluster) }) === true;
    } catch {
      return false;
    }
  };
  return { ok: true, matches };
}

interface Subject {
  readonly name: string;
  readonly provider: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, string | number | bigint | boolean>;
}

const subjects = new WeakMap<KnownCluster, Subject>();

function subject(cluster: KnownCluster): Subject {
  const known = subjects.get(cluster);
  if (known) return known;
  const { metadata, spec } = cluster.value;
  // CEL's integers are bigints: without this, `cluster.variables.n + 1` would add an integer to a double.
  const exact = Object.entries(spec.variables ?? {}).map(
    ([key, value]) => [key, Number.isSafeInteger(value) ? BigInt(value) : value] as const,
  );
  // Maps, as the library tells the type of an object by its `constructor`, which may be a label's name.
  const labels = new Map(Object.entries(metadata.labels ?? {}));
  const made = { name: metadata.name, provider: spec.provider, labels, variables: new Map(exact) };
  subjects.set(cluster, made);
  return made;
}

function failure(problem: ExpressionProblem): ClusterExpression {
  return { ok: false, problem };
}

interface Node {
  readonly op: string;
  readonly start: number;
  readonly end: number;
  readonly args: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** The first call of something that expressions may not call, or a quantifier inside a quantifier. */
function findMisuse(part: unknown, isQuantified: boolean): ExpressionProblem | undefined {
  if (Array.isArray(part)) {
    for (const item of part) {
      const found = findMisuse(item, isQuantified);
      if (found) return found;
    }
    return undefined;
  }
  if (!isNode(part)) return undefined;
  if (part.op !== 'call' && part.op !== 'rcall') return findMisuse(part.args, isQuantified);
  const name = Array.isArray(part.args) ? String(part.args[0]) : '';
  const place = { offset: part.start, length: Math.max(1, part.end - part.start) };
  if (!FUNCTIONS.has(name)) return { reason: `function "${name}" is not available here`, ...place };
  const isQuantifier = QUANTIFIERS.has(name);
  if (isQuantifier && isQuantified) return { reason: `"${name}" cannot stand inside another "all", "exists" or "exists_one"`, ...place };
  return findMisuse(part.args, isQuantified || isQuantifier);
}

interface Complaint {
  readonly summary: string;
  readonly range?: { readonly start: number; readonly end: number };
}

function complaint(error: Complaint | undefined): ExpressionProblem {
  const summary = error?.summary ?? 'It cannot be read';
  const reason = summary.charAt(0).toLowerCase() + summary.slice(1);
  return error?.range ? { reason, offset: error.range.start, length: Math.max(1, error.range.end - error.range.start) } : { reason };
}
