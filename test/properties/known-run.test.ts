import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BuildCache, Kustomizer } from '../../generator/model/ports.ts';
import type { Pipeline, RunResult } from '../../generator/model/run.ts';
import { createPipeline } from '../../generator/pipeline.ts';
import { fleetFiles, makeFleet } from './support/fleet.ts';
import { PATIENCE, trials, useEngine } from './support/pipeline.ts';
import { fleetSketch } from './support/sketch.ts';
import { inWorkspace } from './support/workspace.ts';

const { kustomizer } = useEngine();
const broken: Kustomizer = { ...kustomizer, build: () => Promise.reject(new Error('built again')) };

/** Only runs are remembered, not builds: whatever is worked out again asks the engine. */
function createRuns(): BuildCache {
  const entries = new Map<string, string>();
  return {
    read: (key) => Promise.resolve(key.startsWith('run ') ? entries.get(key) : undefined),
    write(key, value) {
      entries.set(key, value);
      return Promise.resolve();
    },
  };
}

const told = ({ diagnostics, changeSet, ...rest }: RunResult) => ({ ...rest, changeSet, diagnostics: JSON.stringify(diagnostics) });

test('a run of the same inputs that had nothing to change is given again, and no other', PATIENCE, async () => {
  await fc.assert(
    fc.asyncProperty(fleetSketch().map(makeFleet), async (fleet) => {
      const cache = createRuns();
      const open = (engine: Kustomizer, program = 'one'): Pipeline => createPipeline({ kustomizer: engine, cache, program, isOnce: true });
      await inWorkspace(open(kustomizer), async (workspace) => {
        await workspace.setInput(fleetFiles(fleet));
        const written = await workspace.generate();
        if (written.instances === 0 || (written.changeSet?.changes.length ?? 0) === 0) return;
        const request = { root: workspace.root, isolate: false, binding: 'late' } as const;
        const worked = await open(kustomizer).run(request);
        expect(told(await open(broken).run(request))).toEqual(told(worked));
        // Another Espalier may come to something else.
        await expect(open(broken, 'two').run(request)).rejects.toThrow('built again');
        const [path, text] = [...(await workspace.tree())].find(([name]) => name.endsWith('kustomization.yaml')) ?? ['', ''];
        await workspace.add({ [path]: `${text}# by hand\n` });
        const mended = await open(kustomizer).run(request);
        expect(mended.changeSet?.changes.map((change) => change.path)).toEqual([path]);
      });
    }),
    trials(4),
  );
});
