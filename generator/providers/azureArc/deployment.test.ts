import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArcParts, makeArc, SUBSCRIPTION } from '../../../test/support/azure.ts';
import { type AzureSchema, azureErrors } from '../../../test/support/azure-schemas.ts';
import { readBicep } from '../../../test/support/bicep.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { azureArc } from './azure-arc.ts';

interface Template {
  readonly parameters: Readonly<Record<string, { readonly type: string; readonly metadata: { readonly description: string } }>>;
  readonly resources: readonly TemplateResource[];
}

interface TemplateResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly scope: string;
  readonly dependsOn?: readonly string[];
  readonly properties: JsonObject;
}

function textOf(parts: ArcParts, name: string): string {
  const at = makeArc(parts);
  const file = azureArc.bootstrap(at).find(({ path }) => path === `clusters/${at.cluster.id}/azure/${name}`);
  if (!file) throw new Error(`no ${name}`);
  return file.content;
}

const templateOf = (parts: ArcParts): Template => JSON.parse(textOf(parts, 'azuredeploy.json')) as Template;
const valuesOf = (parts: ArcParts): Record<string, string> => {
  const { parameters } = JSON.parse(textOf(parts, 'azuredeploy.parameters.json')) as { parameters: Record<string, { value: string }> };
  return Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value]));
};

/** The properties of a resource with the parameters' values in place. */
function propertiesOf(parts: ArcParts, type: string): JsonObject {
  const resource = templateOf(parts).resources.find((one) => one.type.endsWith(`/${type}`));
  if (!resource) throw new Error(`no ${type}`);
  const values = valuesOf(parts);
  const filled = JSON.stringify(resource.properties, (_, value: Json) => {
    const [, name] = typeof value === 'string' ? (/^\[parameters\('(\w+)'\)\]$/.exec(value) ?? []) : [];
    return name === undefined ? value : values[name];
  });
  return JSON.parse(filled) as JsonObject;
}

const CASES: Readonly<Record<string, ArcParts>> = {
  'Arc, a public repository': {},
  'AKS, a private repository': { azure: { clusterType: 'managedClusters' }, git: { secretRef: { name: 'fleet-git' } } },
  'an SSH address and another branch': { git: { url: 'ssh://git@example.com:2222/fleet.git', branch: 'release/1.0', interval: '90s' } },
  'a resource of another name': { gitOps: { resourceName: 'Edge_Lab-1' } },
  'an own name, no lockdown, a pinned extension': {
    gitOps: { lockdown: false, azureArc: { configuration: 'shops', extensionVersion: '1.23.0' } },
  },
  'delivery of its own': { facts: { delivery: { interval: '1h30m', retryInterval: '1500ms', timeout: '10m' } } },
  'the ended form': { gitOps: { azureArc: { form: 'sourceControlConfigurations' } } },
  "what Bicep's and the shell's strings must escape": {
    git: { url: "https://example.com/it's/${here}/$(id)/`id`\\n\n\u2028x", branch: "it's-${x}" },
  },
};

const SCHEMAS: Readonly<Record<string, AzureSchema>> = {
  extensions: 'extension',
  fluxConfigurations: 'flux-configuration',
  sourceControlConfigurations: 'source-control-configuration',
};

describe.each(Object.entries(CASES))('azure/ with %s', (_, parts) => {
  test('is a template and a parameter file as Azure defines them, filled in and not', () => {
    const template = templateOf(parts);
    expect(azureErrors('template', template)).toEqual([]);
    expect(azureErrors('parameters', JSON.parse(textOf(parts, 'azuredeploy.parameters.json')))).toEqual([]);
    expect(Object.keys(valuesOf(parts))).toEqual(Object.keys(template.parameters));
    for (const { type } of template.resources) {
      const [, name = ''] = type.split('/');
      const schema = SCHEMAS[name];
      expect(schema && azureErrors(schema, propertiesOf(parts, name)), type).toEqual([]);
    }
  });

  test('says the same in Bicep', () => {
    expectSame(templateOf(parts), textOf(parts, 'main.bicep'));
  });

  test('gives commands that say the same', () => {
    expectSameCommands(parts);
  });
});

/** Bicep names a cluster and what comes first by symbol, a template by text; all else is compared as it is. */
function expectSame(template: Template, bicep: string): void {
  const { parameters, resources } = readBicep(bicep);
  expect([...parameters]).toEqual(
    Object.entries(template.parameters).map(([name, { type, metadata }]) => [name, { type, description: metadata.description }]),
  );
  const [cluster, ...made] = resources;
  expect([cluster?.isExisting, cluster?.symbol, cluster?.body]).toEqual([true, 'cluster', { name: '[clusterName]' }]);
  const symbols = new Map(made.map(({ symbol, type, body }) => [`[${symbol}]`, { type, name: body['name'] as string }]));
  const inTemplate = made.map(({ type, apiVersion, body: { name, scope, dependsOn, properties } }) => {
    expect(scope).toBe('[cluster]');
    const after = ((dependsOn ?? []) as string[]).map((symbol) => {
      const before = symbols.get(symbol);
      const id = `resourceId('${cluster?.type}', parameters('clusterName'))`;
      return `[extensionResourceId(${id}, '${before?.type}', '${before?.name}')]`;
    });
    return {
      type,
      apiVersion,
      name,
      scope: `[format('${cluster?.type}/{0}', parameters('clusterName'))]`,
      ...(after.length > 0 && { dependsOn: after }),
      properties: withParameters(properties ?? null, new Set(parameters.keys())),
    };
  });
  expect(inTemplate).toEqual(template.resources);
}

function withParameters(value: Json, names: ReadonlySet<string>): Json {
  const text = JSON.stringify(value, (_, member: Json) => {
    const [, name = ''] = typeof member === 'string' ? (/^\[(\w+)\]$/.exec(member) ?? []) : [];
    return names.has(name) ? `[parameters('${name}')]` : member;
  });
  return JSON.parse(text) as Json;
}

/** Runs the blocks of the page in a shell whose `az` tells its words. */
function commandsOf(parts: ArcParts): readonly (readonly string[])[] {
  const blocks = [...textOf(parts, 'README.md').matchAll(/^(`{3,})sh\n([\s\S]*?)\n\1$/gm)].map(([, , text = '']) => text);
  const script = `az() { printf '%s\\0' "$@"; printf '\\n\\0'; }\n${blocks.join('\n')}\n`;
  const told = execFileSync('sh', ['-eu', '-c', script], { encoding: 'utf8' });
  return told
    .split('\n\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

/** Values of each option. */
function optionsOf(words: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const options: Record<string, string[]> = {};
  let values: string[] = [];
  for (const word of words) {
    if (word.startsWith('--')) options[word] = values = [];
    else values.push(word);
  }
  return options;
}

function expectSameCommands(parts: ArcParts): void {
  const commands = commandsOf(parts);
  const { clusterName = '' } = valuesOf(parts);
  const deployments = commands.filter((words) => words.join(' ').startsWith('deployment group create'));
  expect(deployments.map((words) => optionsOf(words)['--template-file'])).toEqual([['azuredeploy.json'], ['main.bicep']]);
  for (const words of deployments) {
    expect(optionsOf(words)).toMatchObject({
      '--subscription': [SUBSCRIPTION],
      '--resource-group': ['edge'],
      '--name': [clusterName],
      '--parameters': ['@azuredeploy.parameters.json'],
    });
  }
  if (parts.gitOps?.azureArc?.form === 'sourceControlConfigurations') {
    expect(commands).toHaveLength(2);
    return;
  }
  const [extension = [], configuration = []] = commands.slice(2);
  expect([extension.slice(0, 2), configuration.slice(0, 3)]).toEqual([
    ['k8s-extension', 'create'],
    ['k8s-configuration', 'flux', 'create'],
  ]);
  const target = {
    '--subscription': [SUBSCRIPTION],
    '--resource-group': ['edge'],
    '--cluster-name': [clusterName],
    '--cluster-type': [parts.azure?.clusterType ?? 'connectedClusters'],
  };
  const { version, ...wanted } = propertiesOf(parts, 'extensions') as Record<string, string>;
  expect(optionsOf(extension)).toEqual({
    ...target,
    '--name': ['flux'],
    '--extension-type': [wanted['extensionType']],
    '--scope': ['cluster'],
    '--release-namespace': ['flux-system'],
    '--auto-upgrade-minor-version': [String(wanted['autoUpgradeMinorVersion'])],
    ...(version !== undefined && { '--version': [version] }),
    '--configuration-settings': Object.entries(wanted['configurationSettings'] as unknown as object).map(
      ([key, value]) => `${key}=${value}`,
    ),
  });
  expect(optionsOf(configuration)).toEqual({ ...target, ...fluxOptions(parts) });
}

interface FluxProperties {
  readonly scope: string;
  readonly namespace: string;
  readonly gitRepository: {
    readonly url: string;
    readonly repositoryRef: { readonly branch: string };
    readonly syncIntervalInSeconds: number;
    readonly localAuthRef?: string;
  };
  readonly kustomizations: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
}

/** The options that say what a template's fluxConfiguration says. */
function fluxOptions(parts: ArcParts): Readonly<Record<string, readonly string[]>> {
  const { scope, namespace, gitRepository, kustomizations } = propertiesOf(parts, 'fluxConfigurations') as unknown as FluxProperties;
  const [[name, tree] = ['', {}], ...others] = Object.entries(kustomizations);
  expect([others, tree['wait']]).toEqual([[], true]);
  return {
    '--name': [parts.gitOps?.azureArc?.configuration ?? 'fleet'],
    '--namespace': [namespace],
    '--scope': [scope],
    '--kind': ['git'],
    '--url': [gitRepository.url],
    '--branch': [gitRepository.repositoryRef.branch],
    '--interval': [`${gitRepository.syncIntervalInSeconds}s`],
    ...(gitRepository.localAuthRef !== undefined && { '--local-auth-ref': [gitRepository.localAuthRef] }),
    '--kustomization': [
      `name=${name}`,
      `path=${tree['path']}`,
      `prune=${tree['prune']}`,
      `sync_interval=${tree['syncIntervalInSeconds']}s`,
      `retry_interval=${tree['retryIntervalInSeconds']}s`,
      `timeout=${tree['timeoutInSeconds']}s`,
    ],
  };
}

test('no text of a sync object ends a string, a template or a block of the page', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !/\0/.test(text));
  const hostile = fc.oneof(word, fc.constantFrom("'", "''", '${x}', '\\', "\\'", '```', '\n```\n', '$(id)', '`id`', "';}", ']', '\r\n'));
  const url = fc.array(hostile, { maxLength: 5 }).map((all) => `https://example.com/${all.join('')}`);
  fc.assert(
    fc.property(url, fc.array(hostile, { minLength: 1, maxLength: 3 }), (address, words) => {
      const branch = `b${words.join('')}`;
      const parts: ArcParts = { git: { url: address, branch } };
      expect(valuesOf(parts)).toMatchObject({ repositoryUrl: address, branch });
      expectSame(templateOf(parts), textOf(parts, 'main.bicep'));
      const old: ArcParts = { ...parts, gitOps: { azureArc: { form: 'sourceControlConfigurations' } } };
      expectSame(templateOf(old), textOf(old, 'main.bicep'));
    }),
    { numRuns: 200 },
  );
});

test('no text of a sync object runs in the shell', () => {
  const parts: ArcParts = { git: { url: "https://example.com/'; touch /nowhere; '\n```\n# $(id)", branch: '$(id)`id`\\' } };
  expect(textOf(parts, 'README.md')).toContain('````sh');
  expectSameCommands(parts);
});

test('intervals are whole seconds, rounded up', () => {
  const { kustomizations } = propertiesOf(CASES['delivery of its own'] ?? {}, 'fluxConfigurations') as unknown as FluxProperties;
  expect(kustomizations['tree']).toMatchObject({ syncIntervalInSeconds: 5400, retryIntervalInSeconds: 2, timeoutInSeconds: 600 });
});

test.each<[string, AzureSchema, (value: Record<string, never>) => unknown]>([
  ['a misspelt member', 'flux-configuration', (value) => ({ ...value, kustomization: {} })],
  ['two sources', 'flux-configuration', (value) => ({ ...value, bucket: { url: 'https://example.com', bucketName: 'b' } })],
  ['a source of another kind', 'flux-configuration', (value) => ({ ...value, sourceKind: 'Bucket' })],
  ['no namespace', 'flux-configuration', (value) => ({ ...value, namespace: undefined })],
  [
    'an account, which Azure has not',
    'flux-configuration',
    (value) => ({ ...value, kustomizations: { a: { path: './a', serviceAccountName: 'x' } } }),
  ],
  ['an upgrade of a pinned version', 'extension', (value) => ({ ...value, version: '1.23.0' })],
  ['a setting that is no text', 'extension', (value) => ({ ...value, configurationSettings: { 'multiTenancy.enforce': true } })],
])('the strict schemas refuse %s', (_, schema, spoil) => {
  const type = schema === 'extension' ? 'extensions' : 'fluxConfigurations';
  const value = propertiesOf({}, type) as Record<string, never>;
  expect(azureErrors(schema, value)).toEqual([]);
  expect(azureErrors(schema, spoil(value))).not.toEqual([]);
});
