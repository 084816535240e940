import type { Rule } from './draft.ts';
import { charts } from './rules/charts.ts';
import { agentInstallations } from './rules/agent-installations.ts';
import { cloudLevels } from './rules/cloud-levels.ts';
import { cloudLimits } from './rules/cloud-limits.ts';
import { cloudNamespaces } from './rules/cloud-namespaces.ts';
import { cloudWalls } from './rules/cloud-walls.ts';
import { contextIdCollisions } from './rules/context-id-collisions.ts';
import { dependencyCycles } from './rules/dependency-cycles.ts';
import { duplicateApps } from './rules/duplicate-apps.ts';
import { duplicateIdentities } from './rules/duplicate-identities.ts';
import { slugCollisions } from './rules/slug-collisions.ts';
import { unclearPatches } from './rules/unclear-patches.ts';
import { unclearSources } from './rules/unclear-sources.ts';
import { unclearSyncObjects } from './rules/unclear-sync-objects.ts';
import { unclearTargets } from './rules/unclear-targets.ts';
import { unfitAgentOptions } from './rules/unfit-agent-options.ts';
import { unfitCredentials } from './rules/unfit-credentials.ts';
import { unknownApps } from './rules/unknown-apps.ts';
import { unknownClouds } from './rules/unknown-clouds.ts';
import { unknownClusters } from './rules/unknown-clusters.ts';
import { unknownSyncObjects } from './rules/unknown-sync-objects.ts';
import { unknownTemplates } from './rules/unknown-templates.ts';

/** What must hold between documents. Each rule looks at all of them; none depends on another. */
export const rules: readonly Rule[] = [
  duplicateIdentities,
  duplicateApps,
  slugCollisions,
  contextIdCollisions,
  unclearSyncObjects,
  unclearTargets,
  unfitCredentials,
  unknownSyncObjects,
  unfitAgentOptions,
  unknownClouds,
  unknownTemplates,
  unknownClusters,
  unknownApps,
  dependencyCycles,
  unclearSources,
  unclearPatches,
  charts,
  cloudLevels,
  cloudNamespaces,
  cloudLimits,
  cloudWalls,
  agentInstallations,
];
