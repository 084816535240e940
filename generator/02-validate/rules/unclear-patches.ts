import { diagnose } from '../../diagnostics/diagnose.ts';
import { appReach, type Rule } from '../draft.ts';

const FORMS = ['strategic', 'json6902', 'merge'] as const;

/** A patch has exactly one form, on clusters that match today and on those that will. */
export const unclearPatches: Rule = ({ deployments }) =>
  deployments.flatMap((deployment) =>
    deployment.value.spec.apps.flatMap((app, index) =>
      (app.customize ?? []).flatMap(({ patches = [] }, customization) =>
        patches.flatMap((patch, position) => {
          const given = FORMS.filter((form) => patch[form] !== undefined);
          if (given.length === 1) return [];
          const source = deployment.at(['spec', 'apps', index, 'customize', customization, 'patches', position]);
          return [diagnose('unclear-patch', { app: app.name, given }, { source, reach: appReach(deployment, app) })];
        }),
      ),
    ),
  );
