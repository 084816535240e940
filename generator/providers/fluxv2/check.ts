import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { blobOid } from '../../lib/hash.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { MARKER } from '../../model/file.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { agentVersion, formatVersion, isOlder, NEWEST, OLDEST } from './agent-version.ts';
import { COMPONENTS } from './bootstrap.ts';
import { fluxSystemKustomization } from './flux-system-kustomization.ts';

/** What is wrong with clusters that Flux looks after. */
export function check(clusters: readonly ProviderCluster[]): readonly Diagnostic[] {
  return [
    ...clusters.flatMap((cluster) => [...checkVersion(cluster), ...checkSources(cluster), ...checkComponents(cluster)]),
    ...checkVendored(clusters),
  ];
}

function checkVersion({ cluster }: ProviderCluster): readonly Diagnostic[] {
  const version = agentVersion(cluster.value);
  const where = { source: cluster.at(['spec', 'gitOps', 'agentVersion']), reach: RUN };
  const args = { cluster: cluster.id, version: formatVersion(version), oldest: formatVersion(OLDEST), newest: formatVersion(NEWEST) };
  if (isOlder(version, OLDEST)) return [diagnose('agent-too-old', args, where)];
  return isOlder(NEWEST, version) ? [diagnose('agent-newer-than-known', args, where)] : [];
}

/** Flux pulls references and manifests through one source, so that the two sync objects must speak of one branch. */
function checkSources({ cluster, git }: ProviderCluster): readonly Diagnostic[] {
  if (!git || (git.reference.url === git.resource.url && git.reference.branch === git.resource.branch)) return [];
  const where = { source: cluster.at(['spec', 'gitOps', 'gitOpsReferenceObject']), reach: RUN };
  const { gitOpsReferenceObject = '', gitOpsResourceObject = '' } = cluster.value.spec.gitOps ?? {};
  return [
    diagnose('sync-objects-differ', { cluster: cluster.id, reference: gitOpsReferenceObject, resource: gitOpsResourceObject }, where),
  ];
}

/** To take the components off the list makes Flux delete itself, with all that it has applied. */
function checkComponents(checked: ProviderCluster): readonly Diagnostic[] {
  const { cluster } = checked;
  if (!areLost(checked)) return [];
  return [diagnose('flux-components-lost', { cluster: cluster.id }, { source: cluster.at(['spec', 'gitOps']), reach: RUN })];
}

function areLost({ present }: ProviderCluster): boolean {
  const listed = present.get('flux-system/kustomization.yaml');
  return !present.has(COMPONENTS) && listed !== undefined && LISTS_COMPONENTS.has(listed);
}

/** Our text and that of `flux bootstrap`. */
const LISTS_COMPONENTS: ReadonlySet<string> = new Set(
  [
    `${MARKER}\n${fluxSystemKustomization({ components: true, lockdown: true })}`,
    `${MARKER}\n${fluxSystemKustomization({ components: true, lockdown: false })}`,
    fluxSystemKustomization({ components: true, lockdown: false }),
  ].map((text) => blobOid(new TextEncoder().encode(text))),
);

/** One warning for the whole fleet, but for clusters that an error tells of. */
function checkVendored(clusters: readonly ProviderCluster[]): readonly Diagnostic[] {
  const bare = clusters.filter((cluster) => !cluster.present.has(COMPONENTS) && !areLost(cluster)).map(({ cluster }) => cluster);
  const [first] = bare;
  if (!first) return [];
  // Every cluster of a new fleet is among them: naming them all would hide what else there is to see.
  const source = first.at(['spec', 'gitOps', 'gitOpsType']);
  return [diagnose('flux-not-vendored', { cluster: first.id, count: bare.length }, { source, reach: RUN })];
}
