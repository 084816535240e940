/** What is never carried over: what the anchor holds, and why. The first that fits counts. */
const REASONS: readonly (readonly [anchor: RegExp, reason: string])[] = [
  [
    /(?:^|\/)(?:instantiate|terminate|approve|apply|stop|update|migrate|rollback|status|start|cancel|clone|resume)$/,
    'it is a command to a server; here, what is committed is what runs',
  ],
  [
    /(?:^|\/)(?:controllers|clm-controllers|dtc-controllers|sds-controllers)(?:\/|$)/,
    'it says where a service of EMCO runs, and there is no server here',
  ],
  [
    /(?:^|\/)traffic-group-intents(?:\/|$)/,
    'traffic intents are not carried over yet: write NetworkPolicies, or your mesh’s objects, into the templates',
  ],
  [
    /(?:^|\/)hpa-intents(?:\/|$)/,
    'hardware-aware placement is not carried over: label the clusters and select them, and set requests in the templates',
  ],
  [
    /(?:^|\/)(?:network-controller-intent|networks|provider-networks|network-chains|sfc-clients)(?:\/|$)/,
    'network intents are not carried over: write their objects and annotations into the templates',
  ],
  [/(?:^|\/)ca-certs(?:\/|$)/, 'certificates are not carried over: cert-manager’s objects can be an app'],
  [/(?:^|\/)(?:temporal-workflow-intents|temporal-action-controller)(?:\/|$)/, 'workflows are not carried over: nothing here runs them'],
  [/(?:^|\/)policy-intents(?:\/|$)/, 'policies are not carried over'],
  [/^projects\/[^/]+\/logical-clouds\/[^/]+\/kv-pairs$/, 'a logical cloud has no variables here; clusters have'],
  [/^projects\/[^/]+\/services(?:\/|$)/, 'groups of deployments are not carried over: each deployment stands for itself'],
];

export function reasonFor(anchor: string): string {
  return REASONS.find(([pattern]) => pattern.test(anchor))?.[1] ?? 'its anchor is not known here';
}
