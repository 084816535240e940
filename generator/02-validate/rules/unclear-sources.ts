import { diagnose } from '../../diagnostics/diagnose.ts';
import { appReach, type Rule } from '../draft.ts';

const FORMS = ['template', 'chart'] as const;

/** An app comes from exactly one place. */
export const unclearSources: Rule = ({ deployments }) =>
  deployments.flatMap((deployment) =>
    deployment.value.spec.apps.flatMap((app, index) => {
      const given = FORMS.filter((form) => app.source[form] !== undefined);
      if (given.length === 1) return [];
      const source = deployment.at(['spec', 'apps', index, 'source'], 'key');
      return [diagnose('unclear-source', { app: app.name, given }, { source, reach: appReach(deployment, app) })];
    }),
  );
