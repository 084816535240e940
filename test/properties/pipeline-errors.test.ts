import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFleet, fleetFiles } from './support/fleet.ts';
import { mistakeSketch, plant, type Planted } from './support/mistakes.ts';
import { pathOwner } from './support/owners.ts';
import { PATIENCE, trials, useEngine } from './support/pipeline.ts';
import { twoFleets } from './support/sketch.ts';
import { applied, errorsOf, inWorkspace } from './support/workspace.ts';

const { cached } = useEngine();

test('with any mistake a run writes nothing, unless it is isolated', PATIENCE, async () => {
  await fc.assert(
    fc.asyncProperty(twoFleets, mistakeSketch, async ([one, other], mistake) => {
      await inWorkspace(cached(), async (workspace) => {
        await workspace.setInput(fleetFiles(makeFleet(one)));
        await workspace.generate();
        const before = await workspace.tree('.');
        await workspace.setInput(plant(makeFleet(other), mistake).files);
        const result = await workspace.generate();
        expect(errorsOf(result).length).toBeGreaterThan(0);
        expect(result.changeSet).toBeUndefined();
        expect(await workspace.tree('clusters')).toEqual(new Map([...before].filter(([path]) => path.startsWith('clusters/'))));
      });
    }),
    trials(7),
  );
});

test('an isolated mistake holds what it reaches as committed, and nothing else', PATIENCE, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(twoFleets, mistakeSketch, async ([one, other], mistake) => {
      await inWorkspace(cached(), async (workspace) => {
        await workspace.setInput(fleetFiles(makeFleet(one)));
        await workspace.generate();
        const committed = await workspace.tree();
        const fleet = makeFleet(other);
        await workspace.setInput(fleetFiles(fleet));
        const right = await workspace.run();
        // A context that looks renamed is a mistake of its own.
        fc.pre(right.changeSet !== undefined);
        const planted = plant(fleet, mistake);
        await workspace.setInput(planted.files);
        const wrong = await workspace.generate({ isolate: true });
        expect(errorsOf(wrong).length).toBeGreaterThan(0);
        // What a held deployment still has on the cluster, no other may write: that one is held too, by an error of its own.
        fc.pre(!errorsOf(wrong).some((error) => /^changed-(identity|app):/.test(error)));
        expect(wrong.changeSet === undefined).toBe(planted.stopsRun);
        const after = await workspace.tree();
        const wanted = applied(committed, right.changeSet.changes);
        for (const path of new Set([...committed.keys(), ...wanted.keys(), ...after.keys()])) {
          const state = { path, old: committed.get(path), fresh: wanted.get(path), found: after.get(path) };
          if (!mayDiffer(state, planted))
            expect(state.found, `${planted.code}: ${path}`).toBe(isReached(path, planted) ? state.old : state.fresh);
          if (state.old !== undefined && isReached(path, planted)) compared += 1;
        }
      });
    }),
    trials(14),
  );
  expect(compared).toBeGreaterThan(0);
});

function isReached(path: string, { reaches }: Planted): boolean {
  const owner = pathOwner(path);
  return owner !== undefined && reaches(owner);
}

interface FileState {
  readonly path: string;
  /** As committed, as without the mistake, as found: undefined where there is none. */
  readonly old: string | undefined;
  readonly fresh: string | undefined;
  readonly found: string | undefined;
}

/** Where caution may do less than a run without the mistake. */
function mayDiffer({ path, old, fresh, found }: FileState, planted: Planted): boolean {
  const owner = pathOwner(path);
  // In doubt nothing is removed: what the mistake may hide, and clouds of clusters where apps are held.
  if (fresh === undefined && found === old) return path.includes('logical-cloud') || (owner !== undefined && planted.spares(owner));
  // Where its dependency goes is not known: who is new to a cluster waits for it.
  return (
    old === undefined &&
    found !== undefined &&
    fresh !== undefined &&
    !isReached(path, planted) &&
    withoutOrder(found) === withoutOrder(fresh)
  );
}

/** A reference without the references that it waits for. */
function withoutOrder(text: string): string {
  return text.replace(/\n {2}dependsOn:\n(?: {2}- .*\n)+/, '\n');
}
