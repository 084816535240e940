import { SLASH_MARKER } from '../../model/file.ts';
import { type Deployment, isList, isParameterUse, type Resource, type Value } from './deployment.ts';

/** `main.bicep`: what the template says, in Azure's other language. */
export function bicep({ parameters, cluster, resources }: Deployment): string {
  const declared = parameters.map((parameter) => `@description(${quoted(parameter.description)})\nparam ${parameter.name} string`);
  const existing = `resource cluster '${cluster.type}@${cluster.apiVersion}' existing = {\n  name: ${cluster.parameter}\n}`;
  const blocks = [...declared, existing, ...resources.map(resourceText)];
  return `${SLASH_MARKER}\n${blocks.join('\n\n')}\n`;
}

function resourceText({ symbol, type, apiVersion, name, properties, after }: Resource): string {
  const lines = [
    `name: ${quoted(name)}`,
    'scope: cluster',
    ...(after ? [`dependsOn: [\n    ${after.symbol}\n  ]`] : []),
    `properties: ${valueText(properties, '  ')}`,
  ];
  return `resource ${symbol} '${type}@${apiVersion}' = {\n${lines.map((line) => `  ${line}\n`).join('')}}`;
}

function valueText(value: Value, indent: string): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  if (isParameterUse(value)) return value.$parameter;
  const inner = `${indent}  `;
  if (isList(value)) return `[\n${value.map((item) => `${inner}${valueText(item, inner)}\n`).join('')}${indent}]`;
  const members = Object.entries(value).map(([name, member]) => `${inner}${keyText(name)}: ${valueText(member, inner)}\n`);
  return `{\n${members.join('')}${indent}}`;
}

function keyText(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : quoted(name);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** A Bicep string. `${` would be an expression. Source: Bicep's documentation, data types, strings. */
function quoted(text: string): string {
  const escaped = text
    .replace(/['\\]/g, (character) => `\\${character}`)
    .replace(/\$\{/g, '\\${')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (character) => ESCAPES.get(character) ?? `\\u{${character.charCodeAt(0).toString(16)}}`);
  return `'${escaped}'`;
}
