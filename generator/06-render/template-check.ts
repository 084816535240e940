import { diagnose } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { JsonObject } from '../model/json.ts';
import type { SourceFile } from '../model/source.ts';
import { type Finding, sourceAt, type Where } from './finding.ts';
import { isCall, isNumber, isPath, isString, toStatement, written, writtenMustache } from './handlebars-ast.ts';
import { hasFreeMembers, isEnumWithin, memberOf, namesIn, partsOf, type SchemaView, typesOf, viewOf } from './schema-view.ts';

interface Frame {
  readonly view: SchemaView;
  readonly names: ReadonlyMap<string, SchemaView>;
  readonly isEach: boolean;
  readonly outer: Frame | undefined;
}

interface Check {
  readonly template: string;
  readonly file: SourceFile;
  readonly root: JsonObject;
  readonly findings: Finding[];
}

const BLOCKS = ['each', 'if', 'unless', 'with'];
const SCALARS = ['string', 'number', 'integer', 'boolean', 'null'];
const NUMBER = { schemas: [{ type: 'integer' }], isOpen: false } as const;
const TEXT = { schemas: [{ type: 'string' }], isOpen: false } as const;
const FLAG = { schemas: [{ type: 'boolean' }], isOpen: false } as const;
const ANY: SchemaView = { schemas: [], isOpen: true };

/**
 * Checks a template without rendering it: only what templates may use, and no name that the values schema does not declare. Handlebars would
 * pass unknown names silently in `#if`, `#each`, `#with` and `lookup`.
 */
export function checkTemplate(
  program: hbs.AST.Program,
  { template, file, schema }: { readonly template: string; readonly file: SourceFile; readonly schema: JsonObject },
): readonly Finding[] {
  const check: Check = { template, file, root: schema, findings: [] };
  checkProgram(program, { view: viewOf([schema], schema), names: new Map(), isEach: false, outer: undefined }, check);
  return check.findings;
}

function checkProgram(program: hbs.AST.Program | undefined, frame: Frame, check: Check): void {
  for (const node of program?.body ?? []) {
    const statement = toStatement(node);
    switch (statement.type) {
      case 'MustacheStatement':
        checkMustache(statement.node, frame, check);
        break;
      case 'BlockStatement':
        checkBlock(statement.node, frame, check);
        break;
      case 'ContentStatement':
      case 'CommentStatement':
        break;
      case 'other':
        refuse(statement.node, describe(statement.node), check);
        break;
      default:
        statement satisfies never;
    }
  }
}

function describe(node: hbs.AST.Node): string {
  return node.type.startsWith('Partial') ? 'a partial' : node.type.startsWith('Decorator') ? 'a decorator' : `a ${node.type}`;
}

function checkMustache(node: hbs.AST.MustacheStatement, frame: Frame, check: Check): void {
  if (!isPath(node.path)) {
    refuse(node, `the literal ${written(node.path)} in a mustache`, check);
    return;
  }
  if (node.params.length === 0 && (node.hash as hbs.AST.Hash | undefined)) {
    refuse(node, `helper "${node.path.original}"`, check);
    return;
  }
  const view = node.params.length === 0 ? resolvePath(node.path, frame, check) : checkCall(node, frame, check);
  if (!view || view.isOpen) return;
  const types = typesOf(view);
  if (types.size === 0 || SCALARS.some((type) => types.has(type))) return;
  const is = types.size > 1 ? 'a list or an object' : types.has('array') ? 'a list' : 'an object';
  report(check, node, (where) => diagnose('value-not-scalar', { value: writtenMustache(node), is }, where));
}

function checkBlock(node: hbs.AST.BlockStatement, frame: Frame, check: Check): void {
  const name = node.path.original;
  if (!BLOCKS.includes(name)) {
    const near = nearestName(name, BLOCKS);
    refuse(node, `helper "#${name}"`, check, near === undefined ? undefined : `#${near}`);
    return;
  }
  const [argument] = node.params;
  if (!argument || node.params.length !== 1 || !areOptionsKnown(node)) {
    refuse(node, `"#${name}" with ${node.params.length === 1 ? 'these options' : `${node.params.length} values`}`, check);
    return;
  }
  const view = checkExpression(argument, frame, check) ?? ANY;
  checkProgram(node.program, innerFrame(node, view, { frame, check }), check);
  checkProgram(node.inverse, frame, check);
}

/** `includeZero=true` is the only option, of `#if` and `#unless`. */
function areOptionsKnown({ hash, path }: hbs.AST.BlockStatement): boolean {
  const pairs = (hash as hbs.AST.Hash | undefined)?.pairs ?? [];
  const isTest = path.original === 'if' || path.original === 'unless';
  return pairs.every(({ key, value }) => isTest && key === 'includeZero' && value.type === 'BooleanLiteral');
}

function innerFrame(node: hbs.AST.BlockStatement, view: SchemaView, { frame, check }: { frame: Frame; check: Check }): Frame {
  const blockParams = (node.program as hbs.AST.Program | undefined)?.blockParams ?? [];
  const [first, second] = blockParams;
  switch (node.path.original) {
    case 'each': {
      const item = partsOf(view, check.root);
      const names = new Map<string, SchemaView>(first === undefined ? [] : [[first, item]]);
      if (second !== undefined) names.set(second, typesOf(view).has('array') ? NUMBER : TEXT);
      return { view: item, names, isEach: true, outer: frame };
    }
    case 'with': {
      const names = new Map(first === undefined ? [] : [[first, view] as const]);
      // Handlebars opens no new level where the context stays the same.
      const isSame = node.params.every((param) => isPath(param) && param.parts.length === 0 && param.depth === 0 && !param.data);
      return isSame ? { ...frame, names: new Map([...frame.names, ...names]) } : { view, names, isEach: false, outer: frame };
    }
    default:
      return frame;
  }
}

function checkExpression(node: hbs.AST.Expression, frame: Frame, check: Check): SchemaView | undefined {
  if (isPath(node)) return resolvePath(node, frame, check);
  if (isCall(node)) return checkCall(node, frame, check);
  return ANY;
}

function checkCall(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, frame: Frame, check: Check): SchemaView | undefined {
  const name = written(node.path);
  const [container, key] = node.params;
  if (name !== 'lookup') {
    const near = nearestName(name, ['lookup']);
    refuse(node, `helper "${name}"`, check, near);
    return undefined;
  }
  if (!container || !key || node.params.length !== 2 || (node.hash as hbs.AST.Hash | undefined)) {
    refuse(node, '"lookup" without a value and a key', check);
    return undefined;
  }
  const view = checkExpression(container, frame, check);
  if (!view) return undefined;
  if (isString(key) || isNumber(key)) {
    const member = memberOf(view, { name: String(key.value), root: check.root });
    if (!member) undeclared(key, { value: `${written(container)}.${String(key.value)}`, name: String(key.value), view }, check);
    return member;
  }
  const keyView = checkExpression(key, frame, check);
  if (!keyView) return undefined;
  if (!hasFreeMembers(view) && !isEnumWithin(keyView, namesIn(view))) {
    refuse(key, `"lookup" with a key that may be none of the names in "${written(container)}"`, check);
    return undefined;
  }
  return partsOf(view, check.root);
}

function resolvePath(path: hbs.AST.PathExpression, frame: Frame, check: Check): SchemaView | undefined {
  if (path.data) return resolveData(path, frame, check);
  let at: Frame | undefined = frame;
  for (let depth = 0; depth < path.depth; depth++) at = at?.outer;
  if (!at) {
    report(check, path, (where) => diagnose('undeclared-value', { value: path.original, template: check.template, known: [] }, where));
    return undefined;
  }
  const [head = '', ...rest] = path.parts;
  const isScoped = /^(\.\/|this\b|\.$)/.test(path.original);
  const named = path.depth === 0 && !isScoped ? findName(frame, head) : undefined;
  return follow(path, { view: named ?? at.view, parts: named ? rest : path.parts }, check);
}

function findName(frame: Frame | undefined, name: string): SchemaView | undefined {
  return frame && (frame.names.get(name) ?? findName(frame.outer, name));
}

function resolveData(path: hbs.AST.PathExpression, frame: Frame, check: Check): SchemaView | undefined {
  const [name = '', ...rest] = path.parts;
  if (name === 'root' && path.depth === 0) return follow(path, { view: viewOf([check.root], check.root), parts: rest }, check);
  const known = new Map<string, SchemaView>([
    ['index', NUMBER],
    ['key', { schemas: [{ type: ['string', 'integer'] }], isOpen: false }],
    ['first', FLAG],
    ['last', FLAG],
  ]);
  const view = known.get(name);
  if (view && rest.length === 0 && eachDepth(frame) > path.depth) return view;
  const near = nearestName(name, [...known.keys(), 'root']);
  report(check, path, (where) =>
    diagnose(
      'undeclared-value',
      { value: path.original, template: check.template, known: [], ...(near !== undefined && { near: `@${near}` }) },
      where,
    ),
  );
  return undefined;
}

function eachDepth(frame: Frame | undefined): number {
  return frame ? (frame.isEach ? 1 : 0) + eachDepth(frame.outer) : 0;
}

function follow(
  path: hbs.AST.PathExpression,
  { view, parts }: { readonly view: SchemaView; readonly parts: readonly string[] },
  check: Check,
): SchemaView | undefined {
  let current = view;
  for (const name of parts) {
    const next = memberOf(current, { name, root: check.root });
    if (!next) {
      undeclared(path, { value: path.original, name, view: current }, check);
      return undefined;
    }
    current = next;
  }
  return current;
}

function undeclared(
  node: hbs.AST.Node,
  { value, name, view }: { readonly value: string; readonly name: string; readonly view: SchemaView },
  check: Check,
): void {
  const known = namesIn(view);
  const near = nearestName(name, known);
  const args = { value, template: check.template, known, ...(near !== undefined && { near }) };
  report(check, node, (where) => diagnose('undeclared-value', args, where));
}

function refuse(node: hbs.AST.Node, what: string, check: Check, near?: string): void {
  report(check, node, (where) => diagnose('unknown-helper', { what, ...(near !== undefined && { near }) }, where));
}

function report(check: Check, { loc }: hbs.AST.Node, toDiagnostic: (where: Where) => Diagnostic): void {
  const length = loc.end.line === loc.start.line ? loc.end.column - loc.start.column : 1;
  const source = sourceAt(check.file.path, { line: loc.start.line, column: loc.start.column + 1, length });
  check.findings.push({ scope: 'template', source, toDiagnostic });
}
