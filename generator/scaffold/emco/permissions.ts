import type { Json, JsonObject } from '../../model/json.ts';
import type { Import } from './context.ts';
import { items, textAt } from './members.ts';
import type { EmcoDocument } from './model.ts';

interface Permitting {
  readonly path: string;
  readonly namespace: string;
  readonly context: Import;
}

/** What the cloud's user and account may do. */
export function permissionsOf(cloud: EmcoDocument, { path, namespace, context }: Permitting): readonly JsonObject[] {
  const { shelf, report } = context;
  const asked = textAt(cloud.spec, 'namespace');
  const users = usersOf(cloud);
  const permissions = shelf.in('permission', [...cloud.scope, cloud.name]).flatMap((document) => {
    const own = textAt(document.spec, 'namespace');
    const [apiGroups, resources, verbs] = ['apiGroups', 'resources', 'verbs'].map((key) => textsOf(document.spec[key]));
    const reason =
      own !== undefined && own !== asked && own !== namespace
        ? `it holds for the namespace "${own}": if that is this cloud's alone, add it to the cloud's namespaces, and name it in a permission`
        : !apiGroups?.length || !resources?.length || !verbs?.length
          ? 'it does not say apiGroups, resources and verbs'
          : undefined;
    if (reason !== undefined) {
      report.left(document, reason);
      return [];
    }
    report.carried(document, path);
    return [
      {
        apiGroups,
        resources,
        verbs,
        ...(own === undefined && { scope: 'Cluster' }),
        ...(users && { account: false, users }),
      } as JsonObject,
    ];
  });
  report.changed(
    cloud,
    'its account may do all in its namespace, because EMCO applies apps with the rights of the cluster whatever the permissions say: take away what is not needed',
  );
  // The user has what EMCO's permissions say, and the account what apps need.
  return [...permissions, { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
}

function textsOf(value: Json | undefined): readonly string[] {
  return items(value).flatMap((item) => (typeof item === 'string' ? [item] : []));
}

/** A cloud has one user in EMCO. */
export function usersOf({ spec }: EmcoDocument): readonly string[] | undefined {
  const user = textAt(spec['user'], 'userName');
  return user === undefined ? undefined : [user];
}
