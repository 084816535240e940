import { diagnose } from '../../diagnostics/diagnose.ts';
import { LOGICAL_CLOUD_APP } from '../../model/context.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { appReach, type Rule } from '../draft.ts';

/** An app's name is unique in its deployment, and not that of a cloud's own objects. */
export const duplicateApps: Rule = ({ deployments }) =>
  deployments.flatMap((deployment) => {
    const firsts = new Map<string, number>();
    return deployment.value.spec.apps.flatMap((app, index): readonly Diagnostic[] => {
      const source = deployment.at(['spec', 'apps', index, 'name']);
      const reach = appReach(deployment, app);
      if (app.name === LOGICAL_CLOUD_APP) return [diagnose('reserved-app-name', { app: app.name }, { source, reach })];
      const first = firsts.get(app.name);
      if (first === undefined) {
        firsts.set(app.name, index);
        return [];
      }
      const related = [{ message: 'The other one', source: deployment.at(['spec', 'apps', first, 'name']) }];
      return [diagnose('duplicate-app', { app: app.name, deployment: deployment.value.metadata.name }, { source, related, reach })];
    });
  });
