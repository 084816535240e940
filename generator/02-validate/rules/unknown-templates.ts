import { diagnose } from '../../diagnostics/diagnose.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import { compareText } from '../../lib/order.ts';
import { appReach, type Rule } from '../draft.ts';

/** An app's template must be a folder of `templates/apps/`. */
export const unknownTemplates: Rule = ({ deployments, names }) => {
  if (names.mayBeUnread('Template')) return [];
  const known = [...names.templates].sort(compareText);
  return deployments.flatMap((deployment) =>
    deployment.value.spec.apps.flatMap((app, index) => {
      const name = app.source.template;
      if (name === undefined || names.templates.has(name)) return [];
      const source = deployment.at(['spec', 'apps', index, 'source', 'template']);
      const near = nearestName(name, names.templates);
      return [diagnose('unknown-template', { name, near, known }, { source, reach: appReach(deployment, app) })];
    }),
  );
};
