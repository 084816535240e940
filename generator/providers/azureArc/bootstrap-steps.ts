import type { BootstrapStep } from '../../model/bootstrap.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { step, wordsOf } from '../shared/bootstrap-step.ts';
import { fluxLoginSteps, tenantLoginSteps } from '../shared/flux-login-steps.ts';
import { deploymentCommand } from './commands.ts';
import { configurationOf } from './configuration.ts';
import { NAMESPACE, PARAMETERS, TEMPLATE } from './names.ts';

/** Azure is told once, and brings Flux. */
export function bootstrapSteps(at: ProviderCluster): readonly BootstrapStep[] {
  const configuration = configurationOf(at);
  if (!configuration) return [];
  const { git, name, form } = configuration;
  const isFlux1 = form === 'sourceControlConfigurations';
  return [
    ...(isFlux1 ? [] : fluxLoginSteps(git, NAMESPACE)),
    step({
      title: 'Have Azure install its extension and point it at the tree',
      command: wordsOf(deploymentCommand(configuration, TEMPLATE)).map((word) =>
        word === '@azuredeploy.parameters.json' ? `@${PARAMETERS}` : word,
      ),
      reads: [TEMPLATE, PARAMETERS],
      makes: isFlux1
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
    ...(isFlux1 ? [] : tenantLoginSteps(at, git)),
  ];
}
