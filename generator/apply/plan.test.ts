import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deploymentId, type DeploymentId, type ObjectRef, type StoredInventory, type TreeInstance } from '../model/apply.ts';
import type { ContextId } from '../model/context.ts';
import type { KubeObject } from '../model/kube.ts';
import type { RepoPath } from '../model/source.ts';
import { planApply, takesEverything } from './plan.ts';
import { identityOf, refOf } from './refs.ts';

const CONTEXT = '1' as ContextId;

function object(kind: string, name: string, namespace?: string): KubeObject {
  const apiVersion =
    { Deployment: 'apps/v1', CustomResourceDefinition: 'apiextensions.k8s.io/v1', Role: 'rbac.authorization.k8s.io/v1' }[kind] ?? 'v1';
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

function instance(app: string, objects: readonly KubeObject[], dependsOn: readonly string[] = []): TreeInstance {
  const at = () => ({ file: 'a.yaml' as RepoPath, line: 1, column: 1, length: 1 });
  return {
    id: deploymentId(CONTEXT, app),
    context: CONTEXT,
    app,
    objects: objects.map((each, index) => ({ path: `${app}/${index}.yaml` as RepoPath, object: each, at })),
    dependsOn: dependsOn.map((name) => deploymentId(CONTEXT, name)),
    isAdmins: false,
  };
}

function stored(app: string, objects: readonly ObjectRef[], dependsOn: readonly string[] = []): StoredInventory {
  return {
    id: deploymentId(CONTEXT, app),
    cluster: 'provider1+cluster1',
    context: CONTEXT,
    app,
    dependsOn: dependsOn.map((name) => deploymentId(CONTEXT, name)),
    objects,
    resourceVersion: '1',
    uid: app,
  };
}

const refs = (...objects: readonly KubeObject[]): readonly ObjectRef[] => objects.map(refOf);

describe('planApply()', () => {
  test('applies an app after what it depends on, and otherwise by id', () => {
    const tree = [instance('a', [], ['c']), instance('b', []), instance('c', [], ['d']), instance('d', [])];
    expect(planApply({ tree, inventories: [], mode: 'apply' }).map(({ app }) => app)).toEqual(['b', 'd', 'c', 'a']);
  });

  test('applies definitions first, then namespaces, rights, configuration, services and workloads', () => {
    const kinds = ['Widget', 'Deployment', 'Service', 'ConfigMap', 'Role', 'Namespace', 'CustomResourceDefinition'];
    const [step] = planApply({
      tree: [
        instance(
          'a',
          kinds.map((kind) => object(kind, 'x')),
        ),
      ],
      inventories: [],
      mode: 'apply',
    });
    expect(step?.ranks.map((rank) => rank.map(({ object: { kind } }) => kind))).toEqual([
      ['CustomResourceDefinition'],
      ['Namespace'],
      ['Role'],
      ['ConfigMap'],
      ['Service'],
      ['Deployment'],
      ['Widget'],
    ]);
  });

  test('prunes in the reverse order, and not what another instance took over', () => {
    const [before, moved] = [refs(object('ConfigMap', 'old', 'n'), object('Deployment', 'old', 'n')), object('ConfigMap', 'moved', 'n')];
    const inventories = [stored('a', [...before, refOf(moved)])];
    const steps = planApply({ tree: [instance('a', []), instance('b', [moved])], inventories, mode: 'apply' });
    expect(steps.map(({ app, prune }) => [app, prune.map(({ kind }) => kind)])).toEqual([
      ['a', ['Deployment', 'ConfigMap']],
      ['b', []],
    ]);
  });

  test('an object whose version changed is the same object', () => {
    const inventories = [stored('a', [{ group: 'apps', version: 'v1beta1', kind: 'Deployment', namespace: 'n', name: 'x' }])];
    const [step] = planApply({ tree: [instance('a', [object('Deployment', 'x', 'n')])], inventories, mode: 'apply' });
    expect(step?.prune).toEqual([]);
  });

  test('removes what depended on another before that one, each only if the former went', () => {
    const inventories = [stored('cloud', refs(object('Namespace', 'n'))), stored('a', [], ['cloud']), stored('b', [], ['a', 'cloud'])];
    const steps = planApply({ tree: [], inventories, mode: 'apply' });
    expect(steps.map(({ app, after }) => [app, after])).toEqual([
      ['b', []],
      ['a', ['1-b']],
      ['cloud', ['1-b', '1-a']],
    ]);
    expect(takesEverything(steps, inventories)).toBe(true);
  });

  test.each([
    ['nothing is wanted', [], true],
    ['only the cloud is wanted, which goes a run later', ['logical-cloud'], true],
    ['an app is wanted that was not there', ['logical-cloud', 'new'], false],
    ['one of the apps is wanted', ['logical-cloud', 'a'], false],
    ['everything is another', ['new'], true],
  ])('takes everything where %s', (_, wanted, expected) => {
    const there = ['logical-cloud', 'a', 'b'].map((app) => stored(app, []));
    const steps = planApply({ tree: wanted.map((app) => instance(app, [])), inventories: there, mode: 'apply' });
    expect(takesEverything(steps, there)).toBe(expected);
  });

  test('does nothing about what --only does not mean', () => {
    const tree = [instance('a', []), instance('b', [])];
    const only = new Set([deploymentId(CONTEXT, 'b')]);
    const inventories = [stored('gone', []), stored('b', [])];
    const steps = planApply({ tree, inventories, mode: 'apply', only });
    expect(steps.map(({ app, kind }) => [app, kind])).toEqual([['b', 'apply']]);
    expect(planApply({ tree, inventories, mode: 'delete', only }).map(({ app, kind }) => [app, kind])).toEqual([['b', 'remove']]);
  });

  test('a circle in decisions that somebody wrote by hand ends', () => {
    const tree = [instance('a', [], ['b']), instance('b', [], ['a'])];
    expect(planApply({ tree, inventories: [], mode: 'apply' }).map(({ app }) => app)).toEqual(['a', 'b']);
  });
});

const APPS = ['a', 'b', 'c', 'd'] as const;
const anObject = fc.record({ kind: fc.constantFrom('ConfigMap', 'Deployment', 'Service'), name: fc.constantFrom('x', 'y', 'z') });
const someObjects = fc.uniqueArray(anObject, { maxLength: 5, selector: ({ kind, name }) => `${kind}/${name}` });
const aTree = fc.dictionary(fc.constantFrom(...APPS), someObjects).map((apps) =>
  Object.entries(apps).map(([app, objects]) =>
    instance(
      app,
      objects.map(({ kind, name }) => object(kind, name, 'n')),
    ),
  ),
);
const inventories = aTree.map((tree) =>
  tree.map(({ app, objects }) =>
    stored(
      app,
      objects.map((each) => refOf(each.object)),
    ),
  ),
);

describe('for any tree and any record', () => {
  test('what any instance wants is never pruned', () => {
    fc.assert(
      fc.property(aTree, inventories, (tree, there) => {
        const wanted = new Set(tree.flatMap(({ objects }) => objects.map((each) => identityOf(refOf(each.object)))));
        const pruned = planApply({ tree, inventories: there, mode: 'apply' }).flatMap(({ prune }) => prune.map(identityOf));
        expect(pruned.filter((identity) => wanted.has(identity))).toEqual([]);
      }),
    );
  });

  test('what is recorded and wanted by nobody is pruned by each that recorded it', () => {
    fc.assert(
      fc.property(aTree, inventories, (tree, there) => {
        const wanted = new Set(tree.flatMap(({ objects }) => objects.map((each) => identityOf(refOf(each.object)))));
        const steps = new Map<DeploymentId, readonly ObjectRef[]>(
          planApply({ tree, inventories: there, mode: 'apply' }).map(({ id, prune }) => [id, prune]),
        );
        for (const { id, objects } of there) {
          const unwanted = objects.map(identityOf).filter((identity) => !wanted.has(identity));
          expect((steps.get(id) ?? []).map(identityOf).sort()).toEqual(unwanted.sort());
        }
      }),
    );
  });

  test('what was applied needs no pruning', () => {
    fc.assert(
      fc.property(aTree, (tree) => {
        const there = tree.map(({ app, objects }) =>
          stored(
            app,
            objects.map((each) => refOf(each.object)),
          ),
        );
        const steps = planApply({ tree, inventories: there, mode: 'apply' });
        expect(steps.flatMap(({ prune, kind }) => [...prune, ...(kind === 'remove' ? [kind] : [])])).toEqual([]);
      }),
    );
  });
});
