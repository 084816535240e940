import type { Json, JsonObject } from '../../model/json.ts';
import { JSON_MARKER } from '../../model/file.ts';
import { type Deployment, isList, isParameterUse, type Resource, type Value } from './deployment.ts';

const SCHEMAS = 'https://schema.management.azure.com/schemas/2019-04-01';

/** `azuredeploy.json`. */
export function armTemplate(deployment: Deployment): string {
  return json({
    $schema: `${SCHEMAS}/deploymentTemplate.json#`,
    contentVersion: '1.0.0.0',
    parameters: Object.fromEntries(
      deployment.parameters.map(({ name, description }) => [name, { type: 'string', metadata: { description: literal(description) } }]),
    ),
    resources: deployment.resources.map((resource) => toResource(resource, deployment)),
  });
}

/** `azuredeploy.parameters.json`: for the template and for the Bicep file. No secret is among them; the cluster has it. */
export function armParameters({ parameters }: Deployment): string {
  return json({
    $schema: `${SCHEMAS}/deploymentParameters.json#`,
    contentVersion: '1.0.0.0',
    parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, { value }])),
  });
}

/** An object's text, our marker in place of its first line. */
function json(value: JsonObject): string {
  return `${JSON_MARKER}\n${JSON.stringify(value, undefined, 2).slice('{\n'.length)}\n`;
}

function toResource({ type, apiVersion, name, properties, after }: Resource, { cluster }: Deployment): JsonObject {
  const clusterName = `parameters('${cluster.parameter}')`;
  const id = after && `extensionResourceId(resourceId('${cluster.type}', ${clusterName}), '${after.type}', '${after.name}')`;
  return {
    type,
    apiVersion,
    name: literal(name),
    scope: `[format('${cluster.type}/{0}', ${clusterName})]`,
    ...(id !== undefined && { dependsOn: [`[${id}]`] }),
    properties: toJson(properties),
  };
}

function toJson(value: Value): Json {
  if (typeof value === 'string') return literal(value);
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(toJson);
  if (isParameterUse(value)) return `[parameters('${value.$parameter}')]`;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
}

/** A text in brackets would be an expression. */
function literal(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}
