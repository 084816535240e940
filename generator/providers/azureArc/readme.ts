import { shellBlock } from '../shared/shell-text.ts';
import { configurationCommand, deploymentCommand, extensionCommand } from './commands.ts';
import type { Configuration } from './configuration.ts';
import { NAMESPACE } from './names.ts';

/** `azure/README.md`: the commands that say to Azure what the files beside it say. */
export function readme(configuration: Configuration): string {
  const { cluster, form, git } = configuration;
  const deploy = [
    'From this folder:',
    shellBlock(deploymentCommand(configuration, 'azuredeploy.json')),
    'The same in Bicep:',
    shellBlock(deploymentCommand(configuration, 'main.bicep')),
  ];
  const parts =
    form === 'sourceControlConfigurations'
      ? [
          'Flux 1. Azure takes no new configurations of this kind since 1 January 2024, and ended their support on 24 May 2025. `az` has no command for it any more.',
          ...deploy,
        ]
      : [
          ...(git.secretRef
            ? [
                `The Secret \`${git.secretRef.name}\` with the repository's credentials must be in namespace \`${NAMESPACE}\` first.${git.secretRef.external ? ' What makes it is in `../credentials/`.' : ''}`,
              ]
            : []),
          ...deploy,
          'Without a template:',
          shellBlock(extensionCommand(configuration), configurationCommand(configuration)),
        ];
  return `${[`\nHow cluster \`${cluster.id}\` is told to follow this tree.`, ...parts].join('\n\n')}\n`;
}
