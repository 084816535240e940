/** What is measured on one fleet. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, type FleetSize, writeFleet } from './fleet.ts';
import { measureNode, median, type Sample } from './measure.ts';

export type Scenario = 'cold' | 'cached' | 'touched' | 'unchanged' | 'app' | 'cluster';

export const SCENARIOS: Readonly<Record<Scenario, string>> = {
  cold: 'no tree, no build cache',
  cached: 'no tree, builds cached',
  touched: 'a comment edited: all is worked out, nothing changes',
  unchanged: 'nothing changed since the run before',
  app: 'one app changed on all clusters',
  cluster: 'one cluster changed',
};

/** What the table of growth shows. */
export const GROWING: readonly Scenario[] = ['cold', 'touched', 'unchanged'];

export interface Measured {
  readonly size: FleetSize;
  readonly samples: ReadonlyMap<Scenario, Sample>;
}

export interface FleetRun {
  /** Folder for the fleet and the cache; emptied before and after. */
  readonly folder: string;
  readonly scenarios: readonly Scenario[];
  readonly runs: number;
  readonly tell: (text: string) => void;
}

/** Writes the fleet and measures the scenarios on it, each as often as asked for. */
export async function measureFleet(size: FleetSize, { folder, scenarios, runs, tell }: FleetRun): Promise<Measured> {
  const root = join(folder, 'fleet');
  const cache = join(folder, 'cache');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFleet(root, size);
  const samples = new Map<Scenario, Sample>();
  const generate = (): Promise<Sample> => measureNode({ args: ['generate', '--root', root], cache });
  for (const scenario of scenarios) {
    const measured: Sample[] = [];
    for (let run = 1; run <= runs; run++) {
      await prepare(scenario, { root, cache, size, run });
      measured.push(await generate());
    }
    const middle = median(measured);
    samples.set(scenario, middle);
    tell(`${SCENARIOS[scenario]}: ${middle.wall.toFixed(2)} s, CPU ${middle.cpu.toFixed(2)} s, ${middle.peakMemory.toFixed(0)} MiB`);
  }
  await rm(folder, { recursive: true, force: true });
  return { size, samples };
}

interface Preparing {
  readonly root: string;
  readonly cache: string;
  readonly size: FleetSize;
  readonly run: number;
}

async function prepare(scenario: Scenario, { root, cache, size, run }: Preparing): Promise<void> {
  switch (scenario) {
    case 'cold':
      await rm(cache, { recursive: true, force: true });
      return rm(join(root, 'clusters'), { recursive: true, force: true });
    case 'cached':
      return rm(join(root, 'clusters'), { recursive: true, force: true });
    case 'touched':
      return applyEdits(root, size, { comment: `edited ${run}` });
    case 'unchanged':
      return;
    case 'app':
      return applyEdits(root, size, { tag: `1.${run}.0` });
    case 'cluster':
      return applyEdits(root, size, { domain: `moved-${run}.example.net` });
    default:
      return scenario satisfies never;
  }
}
