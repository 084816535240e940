import { execa } from 'execa';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeploymentIntent } from '../../generator/model/api.generated.ts';
import { contextIdOf, type Fleet, fleetFiles, idOf, makeFleet } from './support/fleet.ts';
import { finishHandovers } from './support/handover.ts';
import { pathOwner } from './support/owners.ts';
import { PATIENCE, trials, useEngine } from './support/pipeline.ts';
import { type AppSketch, appSketch, fleetSketch, type FleetSketch, twoFleets } from './support/sketch.ts';
import { errorsOf, inWorkspace, where, type Workspace } from './support/workspace.ts';

const { cached } = useEngine();

test('the tree depends on the intents, not on how they came about', PATIENCE, async () => {
  let published = 0;
  await fc.assert(
    fc.asyncProperty(twoFleets, async ([one, other]) => {
      const [before, after] = [makeFleet(one), makeFleet(other)];
      const scratch = await inWorkspace(cached(), async (workspace) => {
        await publishFleet(workspace, after);
        return workspace.tree();
      });
      await inWorkspace(cached(), async (workspace) => {
        await publishFleet(workspace, before);
        const first = await workspace.tree();
        await workspace.setInput(fleetFiles(after));
        const result = await finishHandovers(workspace, await workspace.generate());
        const second = await workspace.tree();
        if (!result.changeSet) {
          const codes = result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
          expect(codes.filter((code) => !/^changed-(identity|app|namespace)$/.test(code))).toEqual([]);
          expect(second).toEqual(first);
          return;
        }
        published += 1;
        const gone = new Set(before.clusters.map(idOf));
        for (const id of after.clusters.map(idOf)) gone.delete(id);
        const isOfGone = (path: string): boolean => gone.has(path.split('/')[1] ?? '');
        expect(where(second, (path) => !isOfGone(path))).toEqual(scratch);
        expect(where(second, isOfGone)).toEqual(where(first, isOfGone));
      });
    }),
    trials(8),
  );
  expect(published).toBeGreaterThan(2);
});

async function publishFleet(workspace: Workspace, fleet: Fleet): Promise<void> {
  await workspace.setInput(fleetFiles(fleet));
  expect(errorsOf(await workspace.generate())).toEqual([]);
}

const twoEdits = fc.tuple(
  fleetSketch({ deployments: 2 }),
  fc.array(appSketch, { minLength: 1, maxLength: 3 }),
  fc.array(appSketch, { minLength: 1, maxLength: 3 }),
);

test('two edits of different deployments touch different files, and Git merges them', PATIENCE, async () => {
  await fc.assert(
    fc.asyncProperty(twoEdits, async ([base, one, other]) => {
      await inWorkspace(cached(), async (workspace) => {
        const git = (...args: readonly string[]) =>
          execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.net', ...args], { cwd: workspace.root });
        const start = makeFleet(base);
        const [edited, alsoEdited, both] = [edit(base, 0, one), edit(base, 1, other), edit(edit(base, 0, one), 1, other)].map(
          makeFleet,
        ) as [Fleet, Fleet, Fleet];
        // The template with fixed names goes to the first that asks, so that one deployment's edit can move it to another.
        fc.pre(isSame(start, { other: edited, index: 1 }) && isSame(start, { other: alsoEdited, index: 0 }));
        fc.pre(isSame(edited, { other: both, index: 0 }) && isSame(alsoEdited, { other: both, index: 1 }));
        await publishFleet(workspace, start);
        await git('init', '-q', '-b', 'main');
        await commit(git);
        const touched: Set<string>[] = [];
        for (const [branch, fleet] of [
          ['a', edited],
          ['b', alsoEdited],
        ] as const) {
          await git('checkout', '-q', '-B', branch, 'main');
          await workspace.setInput(fleetFiles(fleet));
          const { changeSet } = await workspace.generate();
          // An edit that hands objects from one app to another is refused.
          fc.pre(changeSet !== undefined);
          touched.push(new Set(changeSet.changes.map(({ path }) => path)));
          await commit(git);
        }
        expect([...(touched[0] ?? [])].filter((path) => touched[1]?.has(path))).toEqual([]);
        await git('merge', '-q', '--no-edit', 'a');
        // What Git made of both is what both together give.
        expect((await workspace.run()).changeSet?.changes.map(({ path }) => path)).toEqual([]);
      });
    }),
    trials(5),
  );
});

async function commit(git: (...args: readonly string[]) => Promise<unknown>): Promise<void> {
  await git('add', '-A');
  await git('commit', '-q', '--allow-empty', '-m', 'x');
}

/** Another list of apps for one of the deployments; those of the same name are changed, others come and go. */
function edit(sketch: FleetSketch, index: number, apps: readonly AppSketch[]): FleetSketch {
  const unique = [...new Map(apps.map((app) => [app.index, app])).values()];
  return {
    ...sketch,
    deployments: sketch.deployments.map((deployment, at) => (at === index ? { ...deployment, apps: unique } : deployment)),
  };
}

function isSame(fleet: Fleet, { other, index }: { readonly other: Fleet; readonly index: number }): boolean {
  return JSON.stringify(fleet.deployments[index]) === JSON.stringify(other.deployments[index]);
}

test('removing a deployment or an app deletes what is theirs, and nothing else', PATIENCE, async () => {
  let deleted = 0;
  await fc.assert(
    fc.asyncProperty(fleetSketch(), fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.boolean(), async (sketch, at, which, isWhole) => {
      await inWorkspace(cached(), async (workspace) => {
        const fleet = makeFleet(sketch);
        await publishFleet(workspace, fleet);
        const target = fleet.deployments[at % fleet.deployments.length];
        const app = target?.spec.apps[which % target.spec.apps.length]?.name;
        if (!target || app === undefined) return;
        const left = isWhole ? undefined : withoutApp(target, app);
        const deployments = fleet.deployments.flatMap((one) => (one === target ? (left ?? []) : one));
        await workspace.setInput(fleetFiles({ ...fleet, deployments }));
        // The last deployment of all goes only when it is named.
        const only = deployments.length === 0 ? `${target.metadata.namespace}/${target.metadata.name}` : undefined;
        if (only !== undefined) {
          const before = await workspace.tree();
          expect((await workspace.generate({ isolate: true })).diagnostics.map(({ code }) => code)).toContain('all-deployments-gone');
          expect(await workspace.tree()).toEqual(before);
        }
        const { changeSet } = await workspace.generate(only === undefined ? {} : { only: [only] });
        expect(changeSet).toBeDefined();
        const isTheirs = (path: string): boolean => isOf(target, { path, app: left ? app : undefined });
        const deletions = changeSet?.changes.filter(({ after }) => after === undefined) ?? [];
        expect(deletions.map(({ path }) => path).filter((path) => !isTheirs(path))).toEqual([]);
        // All of it is gone.
        expect([...(await workspace.tree()).keys()].filter(isTheirs)).toEqual([]);
        deleted += deletions.length;
      });
    }),
    trials(7),
  );
  expect(deleted).toBeGreaterThan(20);
});

test('whatever a run takes away is told: every app, and every context that no document speaks of', PATIENCE, async () => {
  let removed = 0;
  await fc.assert(
    fc.asyncProperty(twoFleets, fc.nat({ max: 2 }), async ([one, other], at) => {
      await inWorkspace(cached(), async (workspace) => {
        const before = makeFleet(one);
        await publishFleet(workspace, before);
        await countRemoved(workspace, makeFleet(other));
        // Another fleet is often refused, or takes little away; one app less always does.
        const target = before.deployments[at % before.deployments.length];
        const less = target && withoutApp(target, target.spec.apps.at(-1)?.name ?? '');
        const deployments = before.deployments.flatMap((deployment) => (deployment === target ? (less ?? []) : deployment));
        if (deployments.length > 0) removed += await countRemoved(workspace, { ...before, deployments });
      });
    }),
    trials(7),
  );
  expect(removed).toBeGreaterThan(0);
});

/** How many apps on how many clusters the fleet, in place of what is published, takes away. */
async function countRemoved(workspace: Workspace, fleet: Fleet): Promise<number> {
  await workspace.setInput(fleetFiles(fleet));
  const { changeSet, removals, diagnostics } = await workspace.run();
  const folders = changeSet?.changes.flatMap(({ path, after }) => {
    const [, folder] = /^clusters\/(.+\/context\/.+)\/kustomization\.yaml$/.exec(path) ?? [];
    return after === undefined && folder !== undefined ? [folder] : [];
  });
  const told = removals.flatMap(({ clusters, context, app }) => clusters.map((cluster) => `${cluster}/context/${context}/app/${app}`));
  expect([...told].sort()).toEqual([...(folders ?? [])].sort());
  const known = new Set([...fleet.deployments, ...fleet.clouds].map(contextIdOf));
  const gone = new Set(removals.map(({ context }) => context).filter((context) => !known.has(context)));
  const warnings = diagnostics.filter(({ code }) => code === 'deployment-gone' || code === 'cloud-gone');
  expect(warnings.length).toBe(gone.size);
  return told.length;
}

function withoutApp(deployment: DeploymentIntent, app: string): DeploymentIntent | undefined {
  const [first, ...others] = deployment.spec.apps
    .filter(({ name }) => name !== app)
    .map(({ dependsOn = [], ...rest }) => ({ ...rest, dependsOn: dependsOn.filter((dependency) => dependency.app !== app) }));
  return first && { ...deployment, spec: { ...deployment.spec, apps: [first, ...others] } };
}

function isOf(deployment: DeploymentIntent, { path, app }: { readonly path: string; readonly app?: string | undefined }): boolean {
  const owner = pathOwner(path);
  if (!owner || owner.kind === 'cluster') return false;
  const { namespace, name } = deployment.metadata;
  const isOwn = owner.kind === 'decision' ? owner.deployment === `${namespace}.${name}` : owner.context === contextIdOf(deployment);
  return isOwn && (app === undefined || owner.app === app);
}

test('a Cluster document that disappears deletes nothing', PATIENCE, async () => {
  await fc.assert(
    fc.asyncProperty(fleetSketch(), fc.nat({ max: 3 }), fc.boolean(), async (sketch, at, isolate) => {
      await inWorkspace(cached(), async (workspace) => {
        const fleet = makeFleet(sketch);
        await publishFleet(workspace, fleet);
        const before = await workspace.tree();
        const gone = fleet.clusters[at % fleet.clusters.length];
        await workspace.setInput(fleetFiles({ ...fleet, clusters: fleet.clusters.filter((cluster) => cluster !== gone) }));
        await workspace.generate({ isolate });
        const after = await workspace.tree();
        expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);
        if (!gone) return;
        const isOfGone = (path: string): boolean => path.startsWith(`clusters/${idOf(gone)}/`);
        expect(where(after, isOfGone)).toEqual(where(before, isOfGone));
      });
    }),
    trials(6),
  );
});

test('--only writes nothing outside of its scope, and all scopes together write everything', PATIENCE, async () => {
  let written = 0;
  await fc.assert(
    fc.asyncProperty(twoFleets, async ([one, other]) => {
      await inWorkspace(cached(), async (workspace) => {
        await publishFleet(workspace, makeFleet(one));
        const fleet = makeFleet(other);
        await workspace.setInput(fleetFiles(fleet));
        fc.pre((await workspace.run()).changeSet !== undefined);
        for (const deployment of fleet.deployments) written += await generateOnly(workspace, { fleet, deployment });
        const ids = fleet.clusters.map(idOf);
        // Twice: a cloud goes after its last app.
        for (const id of [...ids, ...ids]) {
          const { changeSet } = await workspace.generate({ only: [id] });
          written += changeSet?.changes.length ?? 0;
          expect(changeSet?.changes.map(({ path }) => path).filter((path) => !path.startsWith(`clusters/${id}/`))).toEqual([]);
        }
        // Left to the whole run: decisions of deployments that are gone.
        const known = new Set(fleet.deployments.map(({ metadata }) => `${metadata.namespace}.${metadata.name}`));
        const { changeSet } = await workspace.generate();
        expect(
          changeSet?.changes.filter(({ path }) => known.has(path.split('/')[2] ?? '') || !path.startsWith('clusters/decisions/')),
        ).toEqual([]);
      });
    }),
    trials(6),
  );
  expect(written).toBeGreaterThan(20);
});

/** Writes one deployment, and tells how many files that changed. */
async function generateOnly(
  workspace: Workspace,
  { fleet, deployment }: { readonly fleet: Fleet; readonly deployment: DeploymentIntent },
): Promise<number> {
  const { namespace, name } = deployment.metadata;
  const cloud = fleet.clouds.find(({ metadata }) => metadata.namespace === namespace && metadata.name === deployment.spec.logicalCloud);
  const before = await workspace.tree();
  const { changeSet } = await workspace.generate({ only: [`${namespace}/${name}`] });
  const paths = changeSet?.changes.map(({ path }) => path) ?? [];
  const others = paths.filter((path) => !isOf(deployment, { path }));
  // Its logical cloud comes along where that is new, and what a cluster's agent reads first.
  expect(others.filter((path) => before.has(path))).toEqual([]);
  const isUnderneath = (path: string): boolean => {
    const owner = pathOwner(path);
    return owner?.kind === 'cluster' || (owner?.kind === 'instance' && cloud !== undefined && owner.context === contextIdOf(cloud));
  };
  expect(others.filter((path) => !isUnderneath(path))).toEqual([]);
  const clusterOf = (path: string): string => path.split('/')[1] ?? '';
  const arrivals = new Set([...(await workspace.tree()).keys()].filter((path) => isOf(deployment, { path })).map(clusterOf));
  expect(others.filter((path) => !arrivals.has(clusterOf(path)))).toEqual([]);
  return paths.length;
}
