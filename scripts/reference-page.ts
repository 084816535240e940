/** One page of docs/reference/ from one JSON Schema. */

export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maxLength?: number;
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
  const visit = (schema: Schema, path: string): void => {
    const title = schema.title ?? path;
    if (seen.has(title)) return;
    seen.add(title);
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, deref(field, resolve)] as const);
    const rows = fields.map(([name, field]) => row(name, { field, isRequired: schema.required?.includes(name) === true, resolve }));
    sections.push([`## ${title}`, '', schema.description ?? '', '', '| field | type | meaning |', '|---|---|---|', ...rows, ''].join('\n'));
    for (const [name, field] of fields) for (const child of objectsIn(field, resolve)) visit(child, `${path}.${name}`);
  };
  visit(root, root.title ?? '');
  return ['<!-- Generated from api/v1alpha1/ by `npm run codegen`. Do not edit. -->', `# ${root.title ?? ''}`, '', ...sections].join('\n');
}

function deref(schema: Schema, resolve: Resolve): Schema {
  if (schema.$ref === undefined) return schema;
  const target = deref(resolve(schema.$ref), resolve);
  return schema.description === undefined ? target : { ...target, description: schema.description };
}

function objectsIn(schema: Schema, resolve: Resolve): readonly Schema[] {
  if (schema.properties) return [schema];
  const parts = [...(schema.items ? [schema.items] : []), ...(schema.anyOf ?? [])];
  return parts.flatMap((part) => objectsIn(deref(part, resolve), resolve));
}

function row(name: string, options: { readonly field: Schema; readonly isRequired: boolean; readonly resolve: Resolve }): string {
  const { field, isRequired, resolve } = options;
  return `| \`${name}\`${isRequired ? ' (required)' : ''} | ${escapeCell(typeName(field, resolve))} | ${escapeCell(field.description ?? '')} |`;
}

function typeName(schema: Schema, resolve: Resolve): string {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.anyOf) return schema.anyOf.map((part) => typeName(deref(part, resolve), resolve)).join(' or ');
  if (schema.items) return `list of ${typeName(deref(schema.items, resolve), resolve)}`;
  if (schema.properties) return `[${schema.title ?? 'object'}](#${(schema.title ?? 'object').toLowerCase().replaceAll(' ', '-')})`;
  if (typeof schema.additionalProperties === 'object') return `map of ${typeName(deref(schema.additionalProperties, resolve), resolve)}`;
  return schema.type === undefined ? 'any' : [schema.type].flat().join(' or ');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
