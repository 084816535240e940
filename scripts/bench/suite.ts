/** Which measurements make a report. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FleetSize, instancesOf, type Shapes, writeFleet } from './fleet.ts';
import { measureNode, median, type Sample } from './measure.ts';
import { type Comparison, measureOthers } from './others.ts';
import { GROWING, type Measured, measureFleet, type Scenario } from './scenarios.ts';
import { measureWatch, type WatchMeasured } from './watch.ts';

export interface SuiteOptions {
  /** A folder that is made, used and removed. */
  readonly folder: string;
  readonly runs: number;
  readonly seed: number;
  /** The fleets of the targets, which take some minutes. */
  readonly isLarge: boolean;
  /** Watch mode alone. */
  readonly isWatch: boolean;
  /** One fleet instead of the suite. */
  readonly only: Omit<FleetSize, 'seed'> | undefined;
  readonly tell: (text: string) => void;
}

export interface Report {
  /** The repository's own fleet, without cache, shown only. */
  readonly example?: Sample;
  readonly fleets: readonly Measured[];
  readonly growth: readonly Measured[];
  readonly watched?: readonly WatchMeasured[];
  readonly huge?: Measured;
  readonly placement?: { readonly size: FleetSize; readonly sample: Sample };
  readonly others?: Comparison & { readonly size: FleetSize };
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PLACE = fileURLToPath(new URL('place.ts', import.meta.url));
const ALL: readonly Scenario[] = ['cold', 'cached', 'touched', 'unchanged', 'app', 'cluster'];
const SHAPES: readonly Shapes[] = ['shared', 'late', 'different'];

/** Runs the suite, or what was asked for of it. */
export async function runSuite(options: SuiteOptions): Promise<Report> {
  const { folder, seed, isLarge, only, tell } = options;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    if (options.isWatch) return { fleets: [], growth: [], watched: await measureWatched(only ? [only] : [MEDIUM, LARGE], options) };
    if (only) return { fleets: [await fleet({ ...only, seed }, ALL, options)], growth: [] };
    tell('the example fleet, shown only');
    const example = await measureExample(options);
    const fleets: Measured[] = [];
    for (const shapes of SHAPES) fleets.push(await fleet({ ...MEDIUM, shapes, seed }, ALL, options));
    if (isLarge) fleets.push(await fleet({ ...LARGE, seed }, ALL, { ...options, runs: 1 }));
    const growth: Measured[] = [];
    for (const clusters of isLarge ? GROWTH : GROWTH.slice(0, -1)) {
      const size: FleetSize = { clusters, apps: 10, objects: 7, shapes: 'late', seed };
      growth.push(await fleet(size, GROWING, { ...options, runs: 1 }));
    }
    const placement = await measurePlacement(isLarge ? PLACEMENT : { ...PLACEMENT, clusters: 1000, apps: 100 }, options);
    const huge = isLarge ? await fleet({ ...HUGE, seed }, [...GROWING, 'app'], { ...options, runs: 1 }) : undefined;
    const watched = await measureWatched(isLarge ? [MEDIUM, LARGE] : [MEDIUM], options);
    const size: FleetSize = { ...(isLarge ? LARGE : MEDIUM), seed };
    tell('other renderers');
    const others = { ...(await measureOthers(size, { folder: join(folder, 'others'), sample: 100 })), size };
    return { example, fleets, growth, watched, placement, others, ...(huge && { huge }) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const MEDIUM = { clusters: 100, apps: 10, objects: 7, shapes: 'late' } as const;
const LARGE = { clusters: 1000, apps: 10, objects: 7, shapes: 'late' } as const;
const HUGE = { clusters: 5000, apps: 20, objects: 1, shapes: 'late' } as const;
const PLACEMENT = { clusters: 5000, apps: 200, objects: 1, shapes: 'late', seed: 1 } as const;
/** Clusters with ten apps each: 100 to 10,000 instances. */
const GROWTH = [10, 32, 100, 320, 1000];

async function fleet(size: FleetSize, scenarios: readonly Scenario[], { folder, runs, tell }: SuiteOptions): Promise<Measured> {
  tell(`${size.clusters} clusters × ${size.apps} apps × ${size.objects} objects, ${size.shapes} (${instancesOf(size)} instances)`);
  return measureFleet(size, { folder: join(folder, 'work'), scenarios, runs, tell: (text) => tell(`  ${text}`) });
}

async function measureWatched(
  sizes: readonly Omit<FleetSize, 'seed'>[],
  { folder, runs, seed, tell }: SuiteOptions,
): Promise<readonly WatchMeasured[]> {
  const measured: WatchMeasured[] = [];
  for (const size of sizes) {
    tell(`watch mode, ${size.clusters} clusters × ${size.apps} apps × ${size.objects} objects`);
    const run = { folder: join(folder, 'watch'), times: 2 * runs + 1, tell: (text: string) => tell(`  ${text}`) };
    measured.push(await measureWatch({ ...size, seed }, run));
  }
  return measured;
}

async function measureExample({ runs }: SuiteOptions): Promise<Sample> {
  const samples: Sample[] = [];
  for (let run = 0; run < runs; run++) samples.push(await measureNode({ args: ['generate', '--root', ROOT, '--dry-run'] }));
  return median(samples);
}

async function measurePlacement(
  size: FleetSize,
  { folder, tell }: SuiteOptions,
): Promise<{ readonly size: FleetSize; readonly sample: Sample }> {
  tell(`placement of ${size.apps} apps on ${size.clusters} clusters`);
  const root = join(folder, 'placement');
  await writeFleet(root, size);
  const sample = await measureNode({ args: [root], script: PLACE });
  await rm(root, { recursive: true, force: true });
  return { size, sample };
}
