/** What a document is, by its anchor. Names in an anchor are marked by `:`. */
const ANCHORS = {
  provider: 'cluster-providers',
  cluster: 'cluster-providers/:/clusters',
  label: 'cluster-providers/:/clusters/:/labels',
  'cluster-kv': 'cluster-providers/:/clusters/:/kv-pairs',
  'sync-object': 'cluster-providers/:/cluster-sync-objects',
  project: 'projects',
  cloud: 'projects/:/logical-clouds',
  'cloud-cluster': 'projects/:/logical-clouds/:/cluster-references',
  permission: 'projects/:/logical-clouds/:/user-permissions',
  quota: 'projects/:/logical-clouds/:/cluster-quotas',
  composite: 'projects/:/composite-apps',
  app: 'projects/:/composite-apps/:/:/apps',
  dependency: 'projects/:/composite-apps/:/:/apps/:/dependency',
  'composite-profile': 'projects/:/composite-apps/:/:/composite-profiles',
  profile: 'projects/:/composite-apps/:/:/composite-profiles/:/profiles',
  group: 'projects/:/composite-apps/:/:/deployment-intent-groups',
  chosen: 'projects/:/composite-apps/:/:/deployment-intent-groups/:/intents',
  placement: 'projects/:/composite-apps/:/:/deployment-intent-groups/:/generic-placement-intents',
  'app-placement': 'projects/:/composite-apps/:/:/deployment-intent-groups/:/generic-placement-intents/:/app-intents',
  generic: 'projects/:/composite-apps/:/:/deployment-intent-groups/:/generic-k8s-intents',
  resource: 'projects/:/composite-apps/:/:/deployment-intent-groups/:/generic-k8s-intents/:/resources',
  customization: 'projects/:/composite-apps/:/:/deployment-intent-groups/:/generic-k8s-intents/:/resources/:/customizations',
} as const;

/** `other`: what is never carried over; ./reasons.ts says why. */
export type EmcoKind = keyof typeof ANCHORS | 'other';

const PATTERNS = Object.entries(ANCHORS).map(([kind, anchor]) => ({ kind: kind as EmcoKind, steps: anchor.split('/') }));

export interface AnchorReading {
  readonly kind: EmcoKind;
  readonly scope: readonly string[];
}

/** An anchor's kind and names. `/v2` before it, slashes around it and a query behind it are no part of it. */
export function readAnchor(anchor: string): AnchorReading {
  const steps = stepsOf(anchor);
  for (const { kind, steps: wanted } of PATTERNS) {
    if (wanted.length === steps.length && wanted.every((step, index) => step === ':' || step === steps[index]))
      return { kind, scope: steps.filter((_, index) => wanted[index] === ':') };
  }
  return { kind: 'other', scope: steps };
}

function stepsOf(anchor: string): readonly string[] {
  const [path = ''] = anchor.split('?');
  const steps = path
    .split('/')
    .map((step) => step.trim())
    .filter((step) => step !== '');
  return steps[0] === 'v2' ? steps.slice(1) : steps;
}

const NOUNS: Readonly<Record<EmcoKind, string>> = {
  provider: 'cluster provider',
  cluster: 'cluster',
  label: 'label',
  'cluster-kv': 'key-value pairs',
  'sync-object': 'sync object',
  project: 'project',
  cloud: 'logical cloud',
  'cloud-cluster': 'cluster reference',
  permission: 'user permission',
  quota: 'quota',
  composite: 'composite app',
  app: 'app',
  dependency: 'dependency',
  'composite-profile': 'composite profile',
  profile: 'profile',
  group: 'deployment intent group',
  chosen: 'list of intents',
  placement: 'generic placement intent',
  'app-placement': 'placement of an app',
  generic: 'generic action intent',
  resource: 'resource',
  customization: 'customization',
  other: 'document',
};

export function nounOf(kind: EmcoKind): string {
  return NOUNS[kind];
}
