import type { BootstrapStep } from '../../model/bootstrap.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { secretStep, step, wordsOf } from '../shared/bootstrap-step.ts';
import { deploymentCommand } from './commands.ts';
import { configurationOf } from './configuration.ts';
import { NAMESPACE, PARAMETERS, TEMPLATE } from './names.ts';

/** Azure is told once, and brings Flux. */
export function bootstrapSteps(at: ProviderCluster): readonly BootstrapStep[] {
  const configuration = configurationOf(at);
  if (!configuration) return [];
  const { git, name, form } = configuration;
  const secret = git.secretRef?.name;
  const login =
    secret === undefined || form === 'sourceControlConfigurations'
      ? []
      : [
          secretStep(`Make namespace ${NAMESPACE}, and in it the Secret "${secret}" with the repository's credentials`, {
            namespace: NAMESPACE,
            name: secret,
            note: 'with the keys username and password, or identity and known_hosts; Azure is never given them',
          }),
        ];
  return [
    ...login,
    step({
      title: 'Have Azure install its extension and point it at the tree',
      command: wordsOf(deploymentCommand(configuration, TEMPLATE)).map((word) =>
        word === '@azuredeploy.parameters.json' ? `@${PARAMETERS}` : word,
      ),
      reads: [TEMPLATE, PARAMETERS],
      makes:
        form === 'sourceControlConfigurations'
          ? []
          : [
              {
                resource: 'gitrepositories.source.toolkit.fluxcd.io',
                namespace: NAMESPACE,
                name,
                fields: { 'spec.url': git.url, 'spec.ref.branch': git.branch },
              },
            ],
      note: 'az login comes first',
    }),
  ];
}
