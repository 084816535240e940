import { diagnose } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import { appReach, type Drafted, type Rule } from '../draft.ts';
import { valueAt } from '../../lib/json-path.ts';
import type { KnownDeployment } from '../../model/intents.ts';
import { textAt } from '../text-at.ts';

/** `dependsOn` must name apps of the same deployment; apps that have mistakes of their own count. */
export const unknownApps: Rule = ({ deployments }) =>
  deployments.flatMap((deployment) => {
    const known = new Set(writtenApps(deployment));
    return deployment.value.spec.apps.flatMap((app, index) =>
      (app.dependsOn ?? []).flatMap(({ app: name }, position) => {
        if (known.has(name)) return [];
        const args = { name, deployment: deployment.value.metadata.name, near: nearestName(name, known) };
        const source = deployment.at(['spec', 'apps', index, 'dependsOn', position, 'app']);
        return [diagnose('unknown-app', args, { source, reach: appReach(deployment, app) })];
      }),
    );
  });

function writtenApps({ document }: Drafted<KnownDeployment>): readonly string[] {
  const apps = valueAt(document.value, ['spec', 'apps']);
  const count = Array.isArray(apps) ? apps.length : 0;
  return Array.from({ length: count }, (_, index) => textAt(document.value, ['spec', 'apps', index, 'name']) ?? '');
}
