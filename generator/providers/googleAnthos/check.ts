import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { showAddress } from '../../lib/git-address.ts';
import type { Delivery } from '../../model/api.generated.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { unfitFor } from './credentials.ts';
import { withoutEffect } from './delivery.ts';
import { isSsh, needsSecret, type Setting, settingOf } from './setting.ts';

/** What is wrong with clusters that Config Sync looks after. */
export function check(clusters: readonly ProviderCluster[]): readonly Diagnostic[] {
  const settings = clusters.flatMap((at) => settingOf(at) ?? []);
  return [
    ...clusters.flatMap(({ cluster }) => checkVersion(cluster)),
    ...checkDelivery(clusters.map(({ cluster }) => cluster)),
    ...settings.flatMap(checkMembership),
    ...oneOfEach(settings).flatMap(checkLogin),
    ...checkShared(settings),
  ];
}

/** The fleet's API takes a whole version, and no part of one. */
function checkVersion({ id, value, at }: KnownCluster): readonly Diagnostic[] {
  const version = value.spec.gitOps?.agentVersion;
  if (version === undefined || version.split('.').length === 3) return [];
  return [diagnose('google-version-not-whole', { cluster: id, version }, { source: at(['spec', 'gitOps', 'agentVersion']), reach: RUN })];
}

/** Told once for all clusters that ask for it: there may be as many as there are clusters. */
function checkDelivery(clusters: readonly KnownCluster[]): readonly Diagnostic[] {
  const first = new Map<keyof Delivery, KnownCluster>();
  for (const cluster of clusters)
    for (const field of withoutEffect(cluster.value.spec.delivery ?? {})) if (!first.has(field)) first.set(field, cluster);
  return [...first].map(([field, { at }]) =>
    diagnose('google-delivery-ignored', { field }, { source: at(['spec', 'delivery', field]), reach: RUN }),
  );
}

/** Source: cloud.google.com, fleet memberships: at most 63 characters, lower case, digits and hyphens. */
const MEMBERSHIP = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function checkMembership({ cluster, membership }: Setting): readonly Diagnostic[] {
  if (MEMBERSHIP.test(membership)) return [];
  const source = cluster.at(['spec', 'gitOps', 'resourceName']);
  return [diagnose('google-membership-name', { cluster: cluster.id, name: membership }, { source, reach: RUN })];
}

/** The sync objects are shared: what is wrong with two of them is told once, at the first cluster that names both. */
function oneOfEach(settings: readonly Setting[]): readonly Setting[] {
  const firsts = new Map<string, Setting>();
  for (const setting of settings) {
    const { provider, gitOps } = setting.cluster.value.spec;
    const key = JSON.stringify([provider, gitOps?.gitOpsReferenceObject, gitOps?.gitOpsResourceObject]);
    if (!firsts.has(key)) firsts.set(key, setting);
  }
  return [...firsts.values()];
}

function checkLogin(setting: Setting): readonly Diagnostic[] {
  const { cluster, auth, git, google } = setting;
  const gitOps = cluster.value.spec.gitOps;
  const names = { reference: gitOps?.gitOpsReferenceObject ?? '', resource: gitOps?.gitOpsResourceObject ?? '', auth };
  const reference = { source: cluster.at(['spec', 'gitOps', 'gitOpsReferenceObject']), reach: RUN } as const;
  const resource = { source: cluster.at(['spec', 'gitOps', 'gitOpsResourceObject']), reach: RUN } as const;
  const found: Diagnostic[] = [];
  if (isSsh(git.url) !== (auth === 'ssh')) found.push(diagnose('google-auth-unfit', { ...names, url: showAddress(git.url) }, reference));
  if (needsSecret(auth) && !git.secretRef) found.push(diagnose('google-secret-missing', names, resource));
  if (!needsSecret(auth) && git.secretRef) found.push(diagnose('google-secret-unused', { ...names, secret: git.secretRef.name }, resource));
  const reason = unfitFor(setting);
  if (reason !== undefined) found.push(diagnose('unfit-credentials', { name: names.resource, reason }, resource));
  const { serviceAccountEmail } = google;
  if (auth === 'gcpserviceaccount' && serviceAccountEmail === undefined) found.push(diagnose('google-account-missing', names, reference));
  if (auth !== 'gcpserviceaccount' && serviceAccountEmail !== undefined) found.push(diagnose('google-account-unused', names, reference));
  return found;
}

/** Two clusters that are one member: each configuration would take the place of the other, and Config Sync would prune. */
function checkShared(settings: readonly Setting[]): readonly Diagnostic[] {
  const owners = new Map<string, KnownCluster>();
  return settings.flatMap(({ cluster, google, location, membership }) => {
    const key = JSON.stringify([google.project, location, membership]);
    const first = owners.get(key);
    if (!first) {
      owners.set(key, cluster);
      return [];
    }
    const related = [{ message: 'The other one', source: first.at(['metadata', 'name']) }];
    const path = cluster.value.spec.gitOps?.resourceName === undefined ? ['metadata', 'name'] : ['spec', 'gitOps', 'resourceName'];
    const args = { clusters: [first.id, cluster.id] as const, name: membership, project: google.project };
    return [diagnose('google-membership-shared', args, { source: cluster.at(path), related, reach: RUN })];
  });
}
