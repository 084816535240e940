import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFleet, fleetFiles } from './support/fleet.ts';
import { mistakeSketch, plant } from './support/mistakes.ts';
import { pathOwner } from './support/owners.ts';
import { PATIENCE, trials, useEngine } from './support/pipeline.ts';
import { twoFleets } from './support/sketch.ts';
import { errorsOf, inWorkspace } from './support/workspace.ts';

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
        expect(wrong.changeSet === undefined).toBe(planted.stopsRun);
        const after = await workspace.tree();
        const wanted = new Map(
          right.changeSet?.changes.map(({ path, after: bytes }) => [path as string, bytes ? new TextDecoder().decode(bytes) : undefined]),
        );
        for (const path of new Set([...committed.keys(), ...wanted.keys(), ...after.keys()])) {
          const owner = pathOwner(path);
          const isReached = owner !== undefined && planted.reaches(owner);
          const old = committed.get(path);
          const fresh = wanted.has(path) ? wanted.get(path) : old;
          const found = after.get(path);
          const isSpared = owner !== undefined && planted.spares(owner) && fresh === undefined && found === old;
          const isHeldCloud = fresh === undefined && found === old && path.includes('logical-cloud');
          // Where its dependency goes is not known: who is new to a cluster waits for it.
          const mayWait = old === undefined && found !== undefined && withoutOrder(found) === withoutOrder(fresh);
          if (!isSpared && !isHeldCloud && (isReached || !mayWait)) expect(found, `${planted.code}: ${path}`).toBe(isReached ? old : fresh);
          if (isReached && old !== undefined) compared += 1;
        }
      });
    }),
    trials(14),
  );
  expect(compared).toBeGreaterThan(20);
});

/** A reference without the references that it waits for. */
function withoutOrder(text: string | undefined): string | undefined {
  return text?.replace(/\n {2}dependsOn:\n(?: {2}- .*\n)+/, '\n');
}
