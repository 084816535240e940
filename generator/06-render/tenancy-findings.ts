import { diagnose } from '../diagnostics/diagnose.ts';
import { namespacesOf } from '../lib/cloud-namespaces.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Source } from '../model/source.ts';
import { judge } from './tenancy.ts';

export interface Tenant {
  readonly app: string;
  readonly cloud: KnownCloud;
  readonly where: () => { readonly source: Source; readonly reach: Reach };
}

/** Why an object is not a tenant's, or may not be. */
export function tenancyFindings(object: KubeObject, { app, cloud, where }: Tenant): readonly Diagnostic[] {
  const { kind, metadata } = object;
  const verdict = judge(object, cloud);
  const args = { app, kind, name: metadata.name, cloud: cloud.context.name };
  switch (verdict.is) {
    case 'fine':
      return [];
    case 'elsewhere':
    case 'cluster-wide': {
      const cloudNamespaces = namespacesOf(cloud).map(({ name }) => name);
      const elsewhere = verdict.is === 'elsewhere' ? { namespace: verdict.namespace } : {};
      return [diagnose('outside-cloud', { ...args, cloudNamespaces, ...elsewhere }, where())];
    }
    case 'forbidden': {
      const { facts, verbs, isCertain } = verdict;
      const { group, resource } = facts;
      const related = [{ message: 'What the logical cloud permits', source: cloud.at(['spec', 'permissions'], 'key') }];
      return [
        diagnose(
          isCertain ? 'not-permitted' : 'perhaps-not-permitted',
          { ...args, group, resource, verbs, ...(facts.isClusterScoped && { scope: 'Cluster' }) },
          { ...where(), related },
        ),
      ];
    }
    default:
      return verdict satisfies never;
  }
}
