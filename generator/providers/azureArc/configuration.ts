import { wholeSeconds } from '../../lib/go-duration.ts';
import type { AzureArcOptions, AzureSync } from '../../model/api.generated.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import type { GitSource } from '../../model/sync.ts';
import type { FluxHome } from '../shared/flux-kustomization.ts';
import { type FluxVersion, toVersion } from '../shared/flux-version.ts';
import { ACCOUNT, CONFIGURATION, NAMESPACE } from './names.ts';

/** Everything that a cluster's files in `azure/` say, in Azure's units. */
export interface Configuration {
  readonly cluster: KnownCluster;
  readonly name: string;
  readonly form: NonNullable<AzureArcOptions['form']>;
  readonly azure: Required<AzureSync>;
  /** The cluster's name in Azure. */
  readonly resourceName: string;
  readonly git: GitSource;
  readonly isLockedDown: boolean;
  /** `undefined`: Azure upgrades it. */
  readonly extensionVersion: string | undefined;
  readonly seconds: { readonly pull: number; readonly interval: number; readonly retry: number; readonly timeout: number };
}

/** `undefined` where a sync object is missing or does not fit, which is reported elsewhere. */
export function configurationOf({ cluster, sync }: ProviderCluster): Configuration | undefined {
  if (sync?.reference.type !== 'azure') return undefined;
  const { gitOps, delivery = {} } = cluster.value.spec;
  const { interval = '10m', retryInterval = '1m', timeout = '5m' } = delivery;
  const { azure } = sync.reference;
  return {
    cluster,
    name: nameOf(cluster),
    form: formOf(cluster),
    azure: { ...azure, clusterType: azure.clusterType ?? 'connectedClusters' },
    resourceName: resourceNameOf(cluster),
    git: sync.resource,
    isLockedDown: gitOps?.lockdown ?? true,
    extensionVersion: gitOps?.azureArc?.extensionVersion,
    seconds: {
      pull: wholeSeconds(sync.resource.interval),
      interval: wholeSeconds(interval),
      retry: wholeSeconds(retryInterval),
      timeout: wholeSeconds(timeout),
    },
  };
}

export function nameOf({ value }: KnownCluster): string {
  return value.spec.gitOps?.azureArc?.configuration ?? CONFIGURATION;
}

export function formOf({ value }: KnownCluster): Configuration['form'] {
  return value.spec.gitOps?.azureArc?.form ?? 'fluxConfigurations';
}

export function resourceNameOf({ value }: KnownCluster): string {
  return value.spec.gitOps?.resourceName ?? value.metadata.name;
}

/** Arc names the source after the configuration. */
export function homeOf(cluster: KnownCluster): FluxHome {
  return { namespace: NAMESPACE, source: nameOf(cluster), account: ACCOUNT };
}

/**
 * The Flux in Azure's extension. Without a word: the oldest that a supported extension may have, because Azure upgrades cluster by cluster, and a field
 * that one of them does not know stops its whole sync. Source: release notes of microsoft.flux (1.21 to 1.22: Flux 2.6.4; 1.23, June 2026: 2.7.5).
 * An AgentInstallation says what we install, and Azure installs this.
 */
export const DEFAULT_FLUX = '2.6';

export function agentVersion({ value }: KnownCluster): FluxVersion {
  return toVersion(value.spec.gitOps?.agentVersion ?? DEFAULT_FLUX);
}
