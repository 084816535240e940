import type { Command } from '../shared/shell-text.ts';
import type { Configuration } from './configuration.ts';
import { EXTENSION, KUSTOMIZATION, NAMESPACE } from './names.ts';
import { extensionSettings, treePath } from './to-deployment.ts';

/** Deploys the template with its parameters, from the folder that holds them. */
export function deploymentCommand({ azure, resourceName }: Configuration, template: string): Command {
  return {
    words: ['az', 'deployment', 'group', 'create'],
    options: [
      ['--subscription', azure.subscriptionId],
      ['--resource-group', azure.resourceGroup],
      ['--name', resourceName],
      ['--template-file', template],
      ['--parameters', '@azuredeploy.parameters.json'],
    ],
  };
}

/** What the template says of the extension. */
export function extensionCommand(configuration: Configuration): Command {
  const { extensionVersion } = configuration;
  return {
    words: ['az', 'k8s-extension', 'create'],
    options: [
      ...target(configuration),
      ['--name', EXTENSION.name],
      ['--extension-type', EXTENSION.type],
      ['--scope', 'cluster'],
      ['--release-namespace', EXTENSION.namespace],
      ['--auto-upgrade-minor-version', String(extensionVersion === undefined)],
      ...(extensionVersion === undefined ? [] : ([['--version', extensionVersion]] as const)),
      ['--configuration-settings', ...Object.entries(extensionSettings(configuration)).map(([name, value]) => `${name}=${value}`)],
    ],
  };
}

/** What the template says of the configuration. Health checks are on unless they are disabled. */
export function configurationCommand(configuration: Configuration): Command {
  const { name, git, seconds } = configuration;
  const tree = {
    name: KUSTOMIZATION,
    path: treePath(configuration),
    prune: 'true',
    sync_interval: `${seconds.interval}s`,
    retry_interval: `${seconds.retry}s`,
    timeout: `${seconds.timeout}s`,
  };
  return {
    words: ['az', 'k8s-configuration', 'flux', 'create'],
    options: [
      ...target(configuration),
      ['--name', name],
      ['--namespace', NAMESPACE],
      ['--scope', 'cluster'],
      ['--kind', 'git'],
      ['--url', git.url],
      ['--branch', git.branch],
      ['--interval', `${seconds.pull}s`],
      ...(git.secretRef ? ([['--local-auth-ref', git.secretRef.name]] as const) : []),
      ['--kustomization', ...Object.entries(tree).map(([key, value]) => `${key}=${value}`)],
    ],
  };
}

function target({ azure, resourceName }: Configuration): Command['options'] {
  return [
    ['--subscription', azure.subscriptionId],
    ['--resource-group', azure.resourceGroup],
    ['--cluster-name', resourceName],
    ['--cluster-type', azure.clusterType],
  ];
}
