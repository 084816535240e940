import fc from 'fast-check';

/**
 * A fleet in numbers. Any sketch makes a valid fleet, because numbers that point at something count round what is there; so that a sketch
 * can be shrunk, edited and mixed with another at will.
 */
export interface FleetSketch {
  readonly clusters: readonly ClusterSketch[];
  readonly clouds: readonly CloudSketch[];
  readonly deployments: readonly DeploymentSketch[];
}

export interface ClusterSketch {
  readonly index: number;
  readonly tier: number;
  readonly env: number;
  readonly isDirect: boolean;
  readonly isRemoved: boolean;
  readonly domain: number;
  readonly isLockedDown: boolean;
  readonly agent: number;
}

/** A selector of this form that matches, at least, the cluster that it points at. */
export interface SelectorSketch {
  readonly form: number;
  readonly target: number;
}

export interface CloudSketch {
  readonly index: number;
  /** None: all clusters. */
  readonly members: readonly SelectorSketch[];
  readonly quota: number;
}

export interface DeploymentSketch {
  readonly index: number;
  readonly cloud: number;
  readonly version: number;
  readonly hasDelivery: boolean;
  readonly apps: readonly AppSketch[];
}

export interface AppSketch {
  readonly index: number;
  readonly template: number;
  readonly replicas: number;
  readonly note: string;
  readonly entries: readonly string[];
  readonly isPublic: boolean;
  readonly placement: PlacementSketch;
  readonly customize: readonly CustomizationSketch[];
  /** Of the apps with a smaller index. */
  readonly dependsOn: readonly number[];
}

export interface PlacementSketch {
  readonly allOf: readonly (readonly SelectorSketch[])[];
  readonly anyOf: readonly SelectorSketch[];
  readonly count: number;
}

export interface CustomizationSketch {
  readonly clusters: SelectorSketch;
  readonly replicas: number;
  readonly note: string;
  /** 0: none; else a patch of one of the three kinds. */
  readonly patch: number;
}

export const CLUSTERS = [
  { provider: 'east', name: 'c1' },
  { provider: 'east', name: 'c2' },
  { provider: 'west', name: 'c1' },
  { provider: 'west', name: 'c3' },
  { provider: 'west', name: 'c4' },
] as const;

const below = (count: number): fc.Arbitrary<number> => fc.nat({ max: count - 1 });

const selector = fc.record<SelectorSketch>({ form: below(9), target: below(4) });

/** Text that templates, YAML or kustomize could take for something else. */
const note = fc.oneof(
  fc.constantFrom(
    'hello',
    'yes',
    '0644',
    '1_000',
    'null',
    '',
    ' x ',
    '{{name}}',
    'a: b # c',
    '"',
    "'",
    'two\nlines\n',
    '- x',
    '$(x)',
    '~',
    'é😀',
    '1e3',
  ),
  fc.string({ maxLength: 6 }),
);

const cluster = fc.record<ClusterSketch>({
  index: below(CLUSTERS.length),
  tier: below(2),
  env: below(2),
  isDirect: fc.integer({ min: 0, max: 3 }).map((number) => number === 3),
  isRemoved: fc.integer({ min: 0, max: 5 }).map((number) => number === 5),
  domain: below(3),
  isLockedDown: fc.boolean(),
  agent: below(3),
});

const cloud = fc.record<CloudSketch>({
  index: below(3),
  members: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(selector, { minLength: 1, maxLength: 2 })),
  quota: below(3),
});

const app = fc.record<AppSketch>({
  index: below(4),
  template: below(4),
  replicas: fc.integer({ min: 1, max: 3 }),
  note,
  entries: fc.array(fc.constantFrom('a', 'b', 'yes', '1'), { maxLength: 2 }),
  isPublic: fc.boolean(),
  placement: fc.record({
    allOf: fc.array(fc.array(selector, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
    anyOf: fc.array(selector, { maxLength: 2 }),
    count: fc.nat({ max: 3 }),
  }),
  customize: fc.array(fc.record({ clusters: selector, replicas: fc.integer({ min: 1, max: 3 }), note, patch: below(4) }), { maxLength: 2 }),
  dependsOn: fc.array(below(3), { maxLength: 3 }),
});

const deployment = fc.record<DeploymentSketch>({
  index: below(3),
  cloud: below(3),
  version: below(3),
  hasDelivery: fc.boolean(),
  apps: fc.uniqueArray(app, { minLength: 1, maxLength: 3, selector: ({ index }) => index }),
});

const unique = { selector: ({ index }: { readonly index: number }) => index };

/** Up to four clusters, three logical clouds, three deployments of three apps. */
export function fleetSketch({ deployments = 1 }: { readonly deployments?: number } = {}): fc.Arbitrary<FleetSketch> {
  return fc.record({
    clusters: fc.uniqueArray(cluster, { ...unique, minLength: 1, maxLength: 4 }),
    clouds: fc.uniqueArray(cloud, { ...unique, minLength: 1, maxLength: 3 }),
    deployments: fc.uniqueArray(deployment, { ...unique, minLength: deployments, maxLength: 3 }),
  });
}

/** An app as another intent has it, for one of the same index. */
export const appSketch = app;

/** A fleet, and another that has some of its parts. */
export const twoFleets: fc.Arbitrary<readonly [FleetSketch, FleetSketch]> = fc
  .tuple(
    fleetSketch(),
    fleetSketch(),
    fc.record({ clusters: fc.boolean(), clouds: fc.boolean(), deployments: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }) }),
  )
  .map(([one, other, isShared]) => [
    one,
    {
      clusters: isShared.clusters ? one.clusters : other.clusters,
      clouds: isShared.clouds ? one.clouds : other.clouds,
      deployments: mix(one.deployments, { other: other.deployments, isShared: isShared.deployments }),
    },
  ]);

function mix(
  one: FleetSketch['deployments'],
  { other, isShared }: { readonly other: FleetSketch['deployments']; readonly isShared: readonly boolean[] },
): FleetSketch['deployments'] {
  const shared = one.filter(({ index }) => isShared[index]);
  const taken = new Set(shared.map(({ index }) => index));
  const mixed = [...shared, ...other.filter(({ index }) => !taken.has(index))];
  return mixed.length > 0 ? mixed : one;
}
