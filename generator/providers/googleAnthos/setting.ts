import type { GoogleOptions, GoogleSync } from '../../model/api.generated.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import type { GitSource } from '../../model/sync.ts';

export type Auth = NonNullable<GoogleSync['auth']>;

/** What a cluster's files say of its fleet and its repository. */
export interface Setting {
  readonly cluster: KnownCluster;
  readonly options: GoogleOptions;
  readonly google: GoogleSync;
  readonly location: string;
  /** The cluster's name in the fleet. */
  readonly membership: string;
  readonly auth: Auth;
  readonly git: GitSource;
  /** How often Git is looked at. */
  readonly period: string;
  /** How long is waited for objects to become ready. */
  readonly timeout: string;
}

/** `undefined`: a sync object is missing or unfit, which is reported. */
export function settingOf({ cluster, sync }: ProviderCluster): Setting | undefined {
  if (sync?.reference.type !== 'google') return undefined;
  const { google } = sync.reference;
  const { gitOps, delivery = {} } = cluster.value.spec;
  return {
    cluster,
    options: gitOps?.googleAnthos ?? {},
    google,
    location: google.location ?? 'global',
    membership: gitOps?.resourceName ?? cluster.value.metadata.name,
    auth: google.auth ?? defaultAuth(sync.resource),
    git: sync.resource,
    period: delivery.interval ?? sync.resource.interval,
    timeout: delivery.timeout ?? '5m',
  };
}

function defaultAuth({ url, secretRef }: GitSource): Auth {
  if (!secretRef) return 'none';
  return isSsh(url) ? 'ssh' : 'token';
}

export function isSsh(url: string): boolean {
  return url.startsWith('ssh://');
}

const WITH_SECRET: ReadonlySet<Auth> = new Set(['ssh', 'cookiefile', 'token']);

/** Config Sync wants a Secret exactly then. Source: kpt-config-sync, pkg/validate/rsync/validate. */
export function needsSecret(auth: Auth): boolean {
  return WITH_SECRET.has(auth);
}

/** What Config Sync needs to read the repository: the name of a Secret, or of a Google account. */
export function login({ auth, git, google }: Setting): JsonObject {
  const { serviceAccountEmail } = google;
  return {
    auth,
    ...(needsSecret(auth) && git.secretRef && { secretRef: { name: git.secretRef.name } }),
    ...(auth === 'gcpserviceaccount' && serviceAccountEmail !== undefined && { gcpServiceAccountEmail: serviceAccountEmail }),
  };
}
