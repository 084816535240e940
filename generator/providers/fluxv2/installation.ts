import { compareVersions, fitsVersion } from '../../lib/version.ts';
import type { VendoredFlux } from '../../model/intents.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { type Agent, agentOf } from './agent.ts';
import type { CommittedFile } from '../../model/file.ts';
import { hasObjects, listedIn, versionOf } from './heads.ts';
import { isListLost } from './lost-list.ts';
import { COMPONENTS, INSTANCE, KUSTOMIZATION } from './names.ts';

/** What there is to say about how a cluster gets its Flux. */
export type Remark =
  | { readonly kind: 'not-vendored' | 'lost' | 'list-lost' | 'no-longer-vendored' | 'version-missing' | 'to-operator' | 'to-manifests' }
  | { readonly kind: 'newer' | 'left'; readonly vendored: string; readonly committed?: string | undefined }
  | { readonly kind: 'components-differ'; readonly vendored: VendoredFlux };

/**
 * What `flux-system/` holds. Whatever is listed there and stays unlisted is deleted by Flux, with all that it knows; so a file that is listed
 * and there stays so, whatever is wanted: only a person takes it out.
 */
export interface Installation {
  /** `manifests`: gotk-sync.yaml, and gotk-components.yaml unless it is absent. `operator`: the FluxInstance alone. */
  readonly form: 'manifests' | 'operator';
  /** gotk-components.yaml in the form `manifests`: written anew, left as it stands, or not there. */
  readonly components: VendoredFlux | 'kept' | 'absent';
  /** Whether the FluxInstance is written: in the form `manifests` it waits beside the list, to be applied by hand. */
  readonly hasInstance: boolean;
  readonly remark?: Remark;
}

export function installationOf(at: ProviderCluster): Installation {
  const installation = decide(at);
  return isListLost(at, installation) ? { ...installation, remark: { kind: 'list-lost' } } : installation;
}

function decide(at: ProviderCluster): Installation {
  const agent = wantedAgent(at);
  const listed = listedIn(at.present.get(KUSTOMIZATION));
  const hasManifests = listed.has('gotk-components.yaml') || listed.has('gotk-sync.yaml');
  const isInstanceAlone = listed.size === 0 && at.present.has(INSTANCE) && !at.present.has(COMPONENTS);
  const isOperated = (listed.has('flux-instance.yaml') && !hasManifests) || isInstanceAlone;
  if (agent.install === 'operator' && hasManifests) {
    const { remark, ...kept } = leaveComponents(at, listed);
    return { ...kept, hasInstance: true, remark: remark?.kind === 'lost' ? remark : { kind: 'to-operator' } };
  }
  if (agent.install === 'operator') return { form: 'operator', components: 'absent', hasInstance: true };
  if (isOperated) {
    const isWanted = agent.install === 'none';
    return { form: 'operator', components: 'absent', hasInstance: true, ...(!isWanted && { remark: { kind: 'to-manifests' } }) };
  }
  return agent.install === 'none' ? leaveComponents(at, listed) : decideComponents(at, { agent, listed });
}

/** A cluster on its way out keeps the agent that it has. */
function wantedAgent({ cluster }: ProviderCluster): Agent {
  const agent = agentOf(cluster);
  return cluster.value.spec.state === 'Removed' ? { ...agent, install: 'none' } : agent;
}

type Listed = ReadonlySet<string>;

function manifests(components: Installation['components'], remark?: Remark): Installation {
  return { form: 'manifests', components, hasInstance: false, ...(remark && { remark }) };
}

function leaveComponents({ present }: ProviderCluster, listed: Listed): Installation {
  if (componentsIn(present)) return manifests('kept');
  return manifests('absent', listed.has('gotk-components.yaml') ? { kind: 'lost' } : undefined);
}

function componentsIn(present: ProviderCluster['present']): CommittedFile | undefined {
  const there = present.get(COMPONENTS);
  return there && hasObjects(there) ? there : undefined;
}

interface Asking {
  readonly agent: Agent;
  readonly listed: Listed;
}

function decideComponents(at: ProviderCluster, asking: Asking): Installation {
  const { agent } = asking;
  const vendored = at.vendoredFlux.findLast(({ version }) => fitsVersion(version, agent.version));
  if (!vendored) return withoutVendored(at, asking);
  const differ = differs(agent, vendored) ? ({ kind: 'components-differ', vendored } as const) : undefined;
  const there = componentsIn(at.present);
  if (!there) return manifests(vendored, differ);
  const committed = versionOf(there);
  const isAsked = agent.install === 'manifests';
  const comparison = committed === undefined ? undefined : compareVersions(committed, vendored.version);
  if (comparison !== undefined && comparison > 0) return manifests('kept', { kind: 'newer', vendored: vendored.version, committed });
  if (there.isMarked || (isAsked && comparison !== undefined)) return manifests(vendored, differ);
  return manifests('kept', comparison === 0 ? undefined : { kind: 'left', vendored: vendored.version, committed });
}

/** No fitting version is vendored: what is there stays. */
function withoutVendored(at: ProviderCluster, { agent, listed }: Asking): Installation {
  const left = leaveComponents(at, listed);
  if (left.remark) return left;
  if (agent.install === 'manifests') return { ...left, remark: { kind: 'version-missing' } };
  if (left.components === 'absent') return { ...left, remark: { kind: 'not-vendored' } };
  return at.present.get(COMPONENTS)?.isMarked === true ? { ...left, remark: { kind: 'no-longer-vendored' } } : left;
}

function differs({ components }: Agent, vendored: VendoredFlux): boolean {
  if (!components || vendored.components.length === 0) return false;
  return components.length !== vendored.components.length || components.some((component) => !vendored.components.includes(component));
}
