import { sha256 } from '../../lib/hash.ts';
import type { ClusterId, InstanceRef } from '../../model/context.ts';
import type { KnownCluster } from '../../model/intents.ts';

/** The namespace that Argo CD's own manifests are installed in, unless a sync object names another. */
export const NAMESPACE = 'argocd';

/** Where the accounts of administrators' clouds are, beside the one that Argo CD itself has on a cluster. */
export const ADMIN_NAMESPACE = 'kube-system';

/** The folder that the root Application reads, and everything of ours in it. */
export const FOLDER = 'argocd/';

/** How Argo CD calls the cluster that it runs on, and how that one reaches itself. */
export const IN_CLUSTER = 'in-cluster';
export const OWN_SERVER = 'https://kubernetes.default.svc';

export const MANAGED = { 'app.kubernetes.io/managed-by': 'espalier' } as const;

/** On a target's root: the hub that reads it, so that the tree tells when it becomes another. */
export const HUB = 'espalier.dev/hub';

export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
/** With it a commit elsewhere in the repository is no reason to look at an Application again. `.` is the source's own path. */
export const OWN_PATH = { 'argocd.argoproj.io/manifest-generate-paths': '.' } as const;

/** Deletes what an Application has applied, dependents first, before the Application goes; a project with it waits for its Applications. */
export const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** Keeps an object when it is no longer wanted, and when its Application goes. */
export const KEPT = { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' } as const;

const LONGEST = 63;
const DIGITS = 16;

/**
 * The Application or project of an instance: `<cid>-<app>`, on a hub `<slug>-<cid>-<app>`. Where that is too long, or could be read in two ways,
 * a hash stands for it. No two instances of a fleet have one name: in a name without a hash, the only long number is the context's id, so that
 * what stands before and behind it can be told; a name with a hash has no long number.
 */
export function instanceName({ cluster, context, app }: InstanceRef, prefix: string | undefined): string {
  const plain = [...(prefix === undefined ? [] : [prefix]), context, app].join('-');
  const isClear = plain.length <= LONGEST && isLongNumber(context) && plain.split('-').filter(isLongNumber).length === 1;
  return isClear ? plain : hashed([...(prefix === undefined ? [] : [prefix]), app], [cluster, context, app]);
}

export function applicationPath({ context, app }: InstanceRef): string {
  return `${FOLDER}applications/${context}-${app}.yaml`;
}

/** An object of the cluster itself, such as its root Application: `<word>-<slug>`. */
export function clusterName(word: string, { id, slug }: Pick<KnownCluster, 'id' | 'slug'>): string {
  const plain = `${word}-${slug}`;
  const isClear = plain.length <= LONGEST && !plain.split('-').some(isLongNumber) && !/-x[0-9a-f]{16}$/.test(plain);
  return isClear ? plain : hashed([word, slug], [word, id]);
}

function hashed(words: readonly string[], identity: readonly string[]): string {
  const head = words.join('-').slice(0, LONGEST - DIGITS - 2);
  const parts = head.split('-').filter((part) => part !== '' && !isLongNumber(part));
  // The letter keeps digits alone from being a long number.
  return [...parts, `x${sha256(JSON.stringify(identity)).slice(0, DIGITS)}`].join('-');
}

/** Ids of contexts have 18 or 19 digits, or a few less; what people count has fewer. */
function isLongNumber(text: string): boolean {
  return /^[0-9]{12,}$/.test(text);
}

/** The object-name form of a cluster's id. */
export function slugOf(cluster: ClusterId): string {
  return cluster.replace('+', '-');
}
