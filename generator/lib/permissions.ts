import type { Permission } from '../model/api.generated.ts';

/** What a permission speaks of. */
export interface ResourceOf {
  readonly group: string;
  /** In the plural, as RBAC has it; `*`: all of the group. */
  readonly resource: string;
}

/** What an agent does with an object: it compares, writes (a server-side apply is a patch, and a create where there is nothing), and prunes. */
const NEEDED = ['create', 'delete', 'get', 'patch'] as const;

/** The verbs that who applies a resource needs, and permissions do not give. */
export function missingVerbs(permissions: readonly Permission[], resource: ResourceOf): readonly string[] {
  const speaking = permissions.filter((one) => speaksOf(one, resource));
  return NEEDED.filter((verb) => !speaking.some(({ verbs }) => verbs.includes('*') || verbs.includes(verb)));
}

export function speaksOf(permission: Permission, { group, resource }: ResourceOf): boolean {
  return hasGroup(permission, group) && (permission.resources.includes('*') || permission.resources.includes(resource));
}

export function hasGroup({ apiGroups }: Permission, group: string): boolean {
  return apiGroups.includes('*') || apiGroups.includes(group);
}
