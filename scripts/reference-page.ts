import { counted } from '../generator/lib/words.ts';
import { printYaml } from '../generator/lib/yaml/print.ts';
import type { Json } from '../generator/model/json.ts';

/** One page of docs/reference/ from one JSON Schema. */

export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly propertyNames?: Schema;
  /** What a definition says of itself, where the field that refers to it says something else. */
  readonly form?: string;
  readonly examples?: readonly Json[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

export type Resolve = (ref: string) => Schema;

/** Objects with fields of their own become sections, in the order in which they are met. */
export function referencePage(root: Schema, resolve: Resolve): string {
  const sections: string[] = [];
  const seen = new Set<string>();
  const visit = (schema: Schema): void => {
    const title = titleOf(schema);
    if (seen.has(title)) return;
    seen.add(title);
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, deref(field, resolve)] as const);
    const rows = fields.map(([name, field]) => row(name, { field, isRequired: schema.required?.includes(name) === true, resolve }));
    sections.push(
      [`## ${title}`, '', schema.description ?? '', '', '| field | type | meaning | form |', '|---|---|---|---|', ...rows, ''].join('\n'),
    );
    for (const [, field] of fields) for (const child of objectsIn(field, resolve)) visit(child);
  };
  visit(root);
  const example = (root.examples ?? []).map((value) => `## Example\n\n\`\`\`yaml\n${printYaml(value)}\`\`\`\n`);
  return [
    '<!-- Generated from api/v1alpha1/ by `npm run codegen`. Do not edit. -->',
    `# ${titleOf(root)}`,
    '',
    ...example,
    ...sections,
  ].join('\n');
}

function deref(schema: Schema, resolve: Resolve): Schema {
  if (schema.$ref === undefined) return schema;
  const target = deref(resolve(schema.$ref), resolve);
  if (schema.description === undefined) return target;
  // Only a description of a form stands in for it.
  const form = target.pattern !== undefined || target.propertyNames !== undefined ? target.description : undefined;
  return { ...target, description: schema.description, ...(form !== undefined && { form }) };
}

/** The heading of its section, which fields refer to. */
function titleOf({ title, description }: Schema): string {
  if (title === undefined) throw new Error(`An object with fields has no title: ${description ?? ''}`);
  return title;
}

function objectsIn(schema: Schema, resolve: Resolve): readonly Schema[] {
  if (schema.properties) return [schema];
  const values = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
  const parts = [...(schema.items ? [schema.items] : []), ...values, ...(schema.anyOf ?? [])];
  return parts.flatMap((part) => objectsIn(deref(part, resolve), resolve));
}

function row(name: string, options: { readonly field: Schema; readonly isRequired: boolean; readonly resolve: Resolve }): string {
  const { field, isRequired, resolve } = options;
  const cells = [typeName(field, resolve), field.description ?? '', constraints(field, resolve)].map(escapeCell);
  return `| \`${name}\`${isRequired ? ' (required)' : ''} | ${cells.join(' | ')} |`;
}

function typeName(schema: Schema, resolve: Resolve): string {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.anyOf) return schema.anyOf.map((part) => typeName(deref(part, resolve), resolve)).join(' or ');
  if (schema.items) return `list of ${typeName(deref(schema.items, resolve), resolve)}`;
  if (schema.properties) return `[${titleOf(schema)}](#${titleOf(schema).toLowerCase().replaceAll(' ', '-')})`;
  if (typeof schema.additionalProperties === 'object') return `map of ${typeName(deref(schema.additionalProperties, resolve), resolve)}`;
  return schema.type === undefined ? 'any' : [schema.type].flat().join(' or ');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** What the field's value must be, in a sentence; a definition's own words in place of its pattern. */
function constraints(schema: Schema, resolve: Resolve): string {
  if (schema.form !== undefined) return schema.form;
  return sentence([...limits(schema), ...within('its items: ', schema.items, resolve), ...inMap(schema, resolve)]);
}

/** How each of JSON Schema's limits reads. */
const LIMITS: readonly (readonly [keyof Schema, (limit: string) => string])[] = [
  ['minimum', (limit) => `at least ${limit}`],
  ['maximum', (limit) => `at most ${limit}`],
  ['minLength', (limit) => (limit === '1' ? 'not empty' : `at least ${limit} characters`)],
  ['maxLength', (limit) => `at most ${limit} characters`],
  ['minItems', (limit) => `at least ${counted(Number(limit), 'item')}`],
  ['maxItems', (limit) => `at most ${counted(Number(limit), 'item')}`],
  ['uniqueItems', () => 'no item twice'],
  ['minProperties', (limit) => `at least ${counted(Number(limit), 'field')}`],
  ['format', (limit) => `format ${limit}`],
  ['pattern', (limit) => `\`${limit}\``],
  ['default', (value) => `default \`${value}\``],
];

function limits(schema: Schema): readonly string[] {
  return LIMITS.flatMap(([key, say]) => {
    const limit = schema[key];
    if (limit === undefined) return [];
    return [say(typeof limit === 'string' ? limit : JSON.stringify(limit))];
  });
}

function inMap({ propertyNames, additionalProperties }: Schema, resolve: Resolve): readonly string[] {
  const values = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return [...within('keys: ', propertyNames, resolve), ...within('values: ', values, resolve)];
}

function within(lead: string, schema: Schema | undefined, resolve: Resolve): readonly string[] {
  const found = schema ? deref(schema, resolve) : {};
  const parts = found.properties || found.anyOf ? [] : limits(found);
  return parts.length === 0 ? [] : [`${lead}${parts.join(', ')}`];
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
