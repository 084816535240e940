import { nearestName } from '../../../lib/did-you-mean.ts';
import { compareText } from '../../../lib/order.ts';
import { isJsonObject, type Json } from '../../../model/json.ts';
import { FUNCTIONS, isTrue, memberOf, printed, type Value } from './functions.ts';
import { type Branch, type Expression, type Node, parseTemplate, type TemplateProblem } from './parse.ts';

export interface RenderedTemplate {
  readonly text: string;
  /** For each line of the text, from index 0: the line of the template that it comes from. */
  readonly lines: readonly number[];
  readonly problems: readonly TemplateProblem[];
}

const MOST_CHARACTERS = 8 * 1024 * 1024;
const MOST_STEPS = 1_000_000;
const MOST_PROBLEMS = 20;

interface Run {
  readonly values: Json;
  readonly parts: string[];
  readonly lines: number[];
  readonly problems: TemplateProblem[];
  size: number;
  steps: number;
  /** Whether the last line shows nothing yet. */
  isBlank: boolean;
  isStopped: boolean;
}

interface Scope {
  readonly dot: Value;
  readonly variables: Map<string, Value>;
  readonly outer?: Scope;
}

/**
 * Runs a Go template with values, as `emcoctl -v` does: fields, variables, `if`, `with`, `range` and Go's own functions. What Go would print as
 * `<no value>` is a problem; so is what is not known here. Loops run over lists that are there, so that they end; steps and size are limited.
 */
export function renderTemplate(text: string, values: Json): RenderedTemplate {
  const { nodes, problems } = parseTemplate(text);
  const counts = { size: 0, steps: 0, isBlank: true, isStopped: problems.length > 0 };
  const run: Run = { values, parts: [], lines: [1], problems: [...problems], ...counts };
  runAll(nodes, { dot: values, variables: new Map([['$', values]]) }, run);
  return { text: run.parts.join(''), lines: run.lines, problems: run.problems };
}

function runAll(nodes: readonly Node[], scope: Scope, run: Run): void {
  for (const node of nodes) {
    run.steps += 1;
    if (run.steps > MOST_STEPS) stop(run, node.line, `it takes more than ${MOST_STEPS} steps`);
    if (run.isStopped) return;
    runNode(node, scope, run);
  }
}

function runNode(node: Node, scope: Scope, run: Run): void {
  switch (node.kind) {
    case 'text':
      emit(run, node.text, { line: node.line, isLiteral: true });
      return;
    case 'print': {
      const value = evaluate(node.value, { scope, run, line: node.line, mustBe: true });
      const shown = printed(value);
      if (shown === undefined && value !== undefined) fail(run, node.line, 'it prints a list, a mapping or nothing');
      if (shown !== undefined) emit(run, shown, { line: node.line, isLiteral: false });
      return;
    }
    case 'set': {
      const value = evaluate(node.value, { scope, run, line: node.line, mustBe: true });
      const owner = node.isNew ? scope : ownerOf(scope, node.name);
      if (owner) owner.variables.set(node.name, value);
      else fail(run, node.line, `there is no variable "${node.name}"`);
      return;
    }
    case 'if':
    case 'with':
    case 'range':
      runBranch(node, scope, run);
      return;
    default:
      node satisfies never;
  }
}

function runBranch(node: Branch, scope: Scope, run: Run): void {
  const value = evaluate(node.value, { scope, run, line: node.line, mustBe: node.kind === 'range' });
  const [first, second] = node.names;
  if (node.kind === 'range') {
    const entries = entriesOf(value);
    if (!entries) {
      if (value !== undefined) fail(run, node.line, '"range" needs a list or a mapping');
      return;
    }
    for (const [key, element] of entries) {
      const names: readonly [string | undefined, Value][] =
        second === undefined
          ? [[first, element]]
          : [
              [first, key],
              [second, element],
            ];
      runAll(node.then, inner(scope, element, names), run);
      if (run.isStopped) return;
    }
    if (entries.length === 0) runAll(node.otherwise, inner(scope, scope.dot, []), run);
    return;
  }
  const isThen = isTrue(value);
  const dot = node.kind === 'with' && isThen ? value : scope.dot;
  runAll(isThen ? node.then : node.otherwise, inner(scope, dot, [[first, value]]), run);
}

function inner(outer: Scope, dot: Value, names: readonly (readonly [string | undefined, Value])[]): Scope {
  const variables = new Map(names.flatMap(([name, value]) => (name === undefined ? [] : [[name, value] as const])));
  return { dot, variables, outer };
}

/** Elements with their indexes; of a mapping, by key. */
function entriesOf(value: Value): readonly (readonly [Value, Value])[] | undefined {
  if (value === null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).map((element, index) => [index, element]);
  return isJsonObject(value) ? Object.entries(value).sort(([a], [b]) => compareText(a, b)) : undefined;
}

function ownerOf(scope: Scope | undefined, name: string): Scope | undefined {
  return !scope || scope.variables.has(name) ? scope : ownerOf(scope.outer, name);
}

interface Evaluation {
  readonly scope: Scope;
  readonly run: Run;
  readonly line: number;
  /** Whether a value that is missing is a problem; conditions may ask for it. */
  readonly mustBe: boolean;
}

function evaluate(expression: Expression, evaluation: Evaluation): Value {
  const { run, line } = evaluation;
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'chain':
      return follow(expression, evaluation);
    case 'call': {
      const call = FUNCTIONS.get(expression.name);
      if (!call) {
        fail(run, line, `"${expression.name}" is not among the functions that are known here: ${[...FUNCTIONS.keys()].join(', ')}`);
        return;
      }
      const args = expression.args.map((arg) => evaluate(arg, evaluation));
      const result = call(args);
      if ('value' in result) return result.value;
      fail(run, line, result.reason);
      return;
    }
    default:
      return expression satisfies never;
  }
}

function follow({ variable, fields }: Extract<Expression, { readonly kind: 'chain' }>, { scope, run, line, mustBe }: Evaluation): Value {
  const owner = variable === undefined ? scope : ownerOf(scope, variable);
  if (!owner) {
    fail(run, line, `there is no variable "${variable ?? ''}"`);
    return;
  }
  let value: Value = variable === undefined ? scope.dot : owner.variables.get(variable);
  for (const [index, field] of fields.entries()) {
    const next = memberOf(value, field);
    if (next === undefined && mustBe) {
      const near = isJsonObject(value) ? nearestName(field, Object.keys(value)) : undefined;
      const path = `${variable ?? ''}.${fields.slice(0, index + 1).join('.')}`;
      fail(run, line, `the values have no "${path}"${near === undefined ? '' : `, but "${near}"`}`);
      return;
    }
    value = next;
  }
  return value;
}

function emit(run: Run, text: string, { line, isLiteral }: { readonly line: number; readonly isLiteral: boolean }): void {
  run.size += text.length;
  if (run.size > MOST_CHARACTERS) {
    stop(run, line, `it makes a text of more than ${MOST_CHARACTERS / 1024 / 1024} MiB`);
    return;
  }
  run.parts.push(text);
  for (const [index, row] of text.split('\n').entries()) {
    const own = isLiteral ? line + index : line;
    if (index > 0) run.lines.push(own);
    // A line comes from where the first text on it that shows does.
    else if (run.isBlank && row.trim() !== '') run.lines[run.lines.length - 1] = own;
    run.isBlank = row.trim() === '' && (index > 0 || run.isBlank);
  }
}

function fail(run: Run, line: number, reason: string): void {
  if (!run.problems.some((problem) => problem.line === line && problem.reason === reason)) run.problems.push({ line, reason });
  if (run.problems.length >= MOST_PROBLEMS) run.isStopped = true;
}

function stop(run: Run, line: number, reason: string): void {
  fail(run, line, reason);
  run.isStopped = true;
}
