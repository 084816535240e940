import { printYaml } from '../lib/yaml/print.ts';
import { repoPath } from '../lib/path.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { SourceFile } from '../model/source.ts';
import { block, commented, yamlText } from './yaml-text.ts';

export interface AppAnswers {
  readonly name: string;
  readonly template: string;
  /** The schema of the template's values, as it stands in `template.yaml`. */
  readonly schema: Json | undefined;
  readonly values: JsonObject;
}

export interface DeploymentAnswers {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly cloud: string;
  readonly apps: readonly AppAnswers[];
  /** Selectors: the apps run on every cluster that one of them matches. */
  readonly clusters: readonly JsonObject[];
}

export function deploymentFile({ namespace, name, version, cloud, apps, clusters }: DeploymentAnswers): SourceFile {
  const text = yamlText`
    # See what it does: espalier generate --only ${`${namespace}/${name}`} --dry-run --diff
    apiVersion: espalier.dev/v1alpha1
    kind: DeploymentIntent
    metadata:
      name: ${name}
      # The project, as the logical cloud has it.
      namespace: ${namespace}
    spec:
      # For people; it is written as a label.
      version: ${version}
      # The tenant that the apps run in.
      logicalCloud: ${cloud}
      apps:
      ${block(apps.map((app) => appText(app, clusters)).join(''))}`;
  return { path: repoPath(`intents/${namespace}/${name}.yaml`), text };
}

function appText({ name, template, schema, values }: AppAnswers, clusters: readonly JsonObject[]): string {
  return yamlText`
    - name: ${name}
      source:
        template: ${template}
      ${valuesBlock(values, defaultsOf(schema))}
      # Every cluster of the logical cloud that one of these selectors matches.
      placement:
        allOf: ${clusters}`;
}

function valuesBlock(values: JsonObject, defaults: JsonObject) {
  const others = Object.fromEntries(Object.entries(defaults).filter(([key]) => !Object.hasOwn(values, key)));
  const given = Object.keys(values).length > 0;
  const more = Object.keys(others).length > 0;
  if (!given && !more) return undefined;
  if (!given) return block(`# The template's values, with their defaults:\n${comment({ values: others })}`);
  const text = printYaml({ values });
  return block(more ? `${text}# Other values of the template, with their defaults:\n${comment(others)}` : text);
}

function comment(values: JsonObject): string {
  return yamlText`${commented(printYaml(values))}`;
}

/** The values that a template takes if nobody gives any. */
export function defaultsOf(schema: Json | undefined): JsonObject {
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  if (!isJsonObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]): [string, Json][] => {
      if (!isJsonObject(property)) return [];
      const nested = defaultsOf(property);
      const own = property['default'];
      if (isJsonObject(own)) return [[name, { ...nested, ...own }]];
      if (own !== undefined) return [[name, own]];
      return Object.keys(nested).length === 0 ? [] : [[name, nested]];
    }),
  );
}

/** Values that a template requires and has no default for. */
export function requiredOf(schema: Json | undefined): readonly string[] {
  if (!isJsonObject(schema) || !Array.isArray(schema['required'])) return [];
  const defaults = defaultsOf(schema);
  return (schema['required'] as readonly Json[]).filter(
    (name): name is string => typeof name === 'string' && !Object.hasOwn(defaults, name),
  );
}
