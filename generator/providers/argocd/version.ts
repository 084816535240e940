import { compareVersions } from '../../lib/version.ts';
import type { KnownCluster } from '../../model/intents.ts';

/** The first whose ApplicationSets can be told never to delete; all else that is written is older. */
export const OLDEST = '2.8';
/** The newest whose fields are known here; a later one is treated alike. */
export const NEWEST = '3.6';

/** Fields of the resource definitions that are younger than that. Source: manifests/crds of the releases. */
const DESTINATION_ACCOUNTS = '2.13';
const RETRY_REFRESH = '3.2';

/** Argo CD's `major.minor`. AgentInstallations speak of Flux. */
export function versionOf({ value }: KnownCluster): string {
  const [major = '', minor = ''] = (value.spec.gitOps?.agentVersion ?? NEWEST).split('.');
  return `${major}.${minor}`;
}

export function isOlder(version: string, than: string): boolean {
  return compareVersions(version, than) < 0;
}

export function knowsDestinationAccounts(version: string): boolean {
  return !isOlder(version, DESTINATION_ACCOUNTS);
}

/** Whether a retry can take a newer commit. Without that, an Application that tries for ever never sees the commit that mends it. */
export function canRefreshRetries(version: string): boolean {
  return !isOlder(version, RETRY_REFRESH);
}
