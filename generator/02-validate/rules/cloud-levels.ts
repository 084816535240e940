import { diagnose } from '../../diagnostics/diagnose.ts';
import type { LogicalCloudSpec } from '../../model/api.generated.ts';
import type { Rule } from '../draft.ts';

/** What bounds a tenant: nothing bounds the administrators. Charts need an account beside them, which would be anybody's who makes pods there. */
const TENANTS = [
  'namespaces',
  'labels',
  'podSecurity',
  'quota',
  'limits',
  'isolation',
  'charts',
  'references',
  'users',
  'groups',
  'permissions',
] as const satisfies readonly (keyof LogicalCloudSpec)[];

/** A tenant has permissions, and the administrators' cloud nothing that is a tenant's. */
export const cloudLevels: Rule = ({ clouds }) =>
  clouds.flatMap(({ value: { spec }, at, context }) => {
    const reach = { kind: 'context', context } as const;
    if (spec.level === 0) {
      return TENANTS.filter((field) => spec[field] !== undefined).map((field) =>
        diagnose(
          'unfit-cloud-field',
          { cloud: context.name, field, reason: 'a cloud of level 0 is no tenant' },
          { source: at(['spec', field], 'key'), reach },
        ),
      );
    }
    if (spec.permissions) return [];
    const help = "what apps may consist of; or level: 0 for the administrators' own cloud";
    return [diagnose('missing-field', { field: 'spec', key: 'permissions', help }, { source: at(['spec'], 'key'), reach })];
  });
