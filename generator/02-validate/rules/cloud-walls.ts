import { diagnose } from '../../diagnostics/diagnose.ts';
import { isAddressBlock } from '../../lib/address-block.ts';
import type { Isolation } from '../../model/api.generated.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KnownCloud } from '../../model/intents.ts';
import type { JsonPath } from '../../model/json.ts';
import type { Rule } from '../draft.ts';

/** Openings of a cloud's isolation are what a NetworkPolicy takes, and permissions are somebody's. */
export const cloudWalls: Rule = ({ clouds }) =>
  clouds.flatMap((cloud) => {
    const { isolation, namespaces = [] as never } = cloud.value.spec;
    const walls = [
      { isolation, path: ['spec', 'isolation'] },
      ...namespaces.map((one, index) => ({ isolation: one.isolation, path: ['spec', 'namespaces', index, 'isolation'] })),
    ];
    return [
      ...walls.flatMap((wall) => (wall.isolation ? checkWall(cloud, wall.isolation, wall.path) : [])),
      ...checkPermissions(cloud),
      ...checkNames(cloud),
    ];
  });

function checkWall(cloud: KnownCloud, isolation: Isolation, path: JsonPath): readonly Diagnostic[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const { anywhere, namespaces, blocks = [] as never } = isolation[direction] ?? {};
    const at = [...path, direction];
    const idle =
      anywhere === true ? (['namespaces', 'blocks'] as const).filter((field) => (field === 'blocks' ? blocks : namespaces)?.length) : [];
    return [
      ...idle.map((field) => unfit(cloud, [...at, field], { field, reason: 'anywhere is open to all, so that a list adds nothing' })),
      ...blocks.flatMap((block, index) => {
        if (isAddressBlock(block)) return [];
        const { context } = cloud;
        const where = { source: cloud.at([...at, 'blocks', index]), reach: { kind: 'context', context } } as const;
        return [diagnose('bad-address-block', { cloud: context.name, block }, where)];
      }),
    ];
  });
}

function checkPermissions(cloud: KnownCloud): readonly Diagnostic[] {
  const { spec } = cloud.value;
  return (spec.permissions ?? ([] as never)).flatMap(({ scope, namespaces, account, users, groups }, index) => {
    const path = ['spec', 'permissions', index];
    const people = [users, groups, spec.users, spec.groups].some((names) => names !== undefined);
    return [
      ...(scope === 'Cluster' && namespaces
        ? [unfit(cloud, [...path, 'namespaces'], { field: 'namespaces', reason: 'its scope is Cluster, which is all of them' })]
        : []),
      ...(account === false && !people
        ? [
            unfit(cloud, [...path, 'account'], {
              field: 'account: false',
              reason: 'no users or groups are named, so that nobody has the permission',
            }),
          ]
        : []),
    ];
  });
}

/** What stands for everybody, or for every account. */
const EVERYONE: ReadonlySet<string> = new Set([
  'system:anonymous',
  'system:authenticated',
  'system:serviceaccounts',
  'system:unauthenticated',
]);

/** Kubernetes' own names are no people's; but for the accounts of pods, by which others than the cloud's may be meant. */
const SYSTEM = /^system:(?!serviceaccounts?:.)/;

function checkNames({ value: { spec }, at, context }: KnownCloud): readonly Diagnostic[] {
  const named = [
    { ...spec, path: ['spec'] as JsonPath },
    ...(spec.permissions ?? ([] as never)).map((one, index) => ({ ...one, path: ['spec', 'permissions', index] })),
  ];
  return named.flatMap(({ users, groups, path }) =>
    Object.entries({ users, groups }).flatMap(([field, names = [] as never]) =>
      names.flatMap((name, index) => {
        if (!SYSTEM.test(name)) return [];
        const where = { source: at([...path, field, index]), reach: { kind: 'context', context } } as const;
        const code = EVERYONE.has(name) ? 'everyone-permitted' : 'system-permitted';
        return [diagnose(code, { cloud: context.name, name }, where)];
      }),
    ),
  );
}

function unfit({ at, context }: KnownCloud, path: JsonPath, args: { readonly field: string; readonly reason: string }): Diagnostic {
  return diagnose('unfit-cloud-field', { cloud: context.name, ...args }, { source: at(path, 'key'), reach: { kind: 'context', context } });
}
