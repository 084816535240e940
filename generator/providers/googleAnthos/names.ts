import { sha256 } from '../../lib/hash.ts';
import type { InstanceRef } from '../../model/context.ts';

/** Config Sync's own namespace: its RootSyncs, its reconcilers and their accounts. */
export const NAMESPACE = 'config-management-system';

/** Namespaces that Config Sync makes for itself. */
export const RESERVED: ReadonlySet<string> = new Set([NAMESPACE, 'config-management-monitoring', 'resource-group-system']);

/** What the RootSync reads, with the rights of the whole cluster. */
export const ROOT = 'cluster/';
/** What a logical cloud's RepoSync reads is below this, in a folder of its namespace. */
export const NAMESPACES = 'namespaces/';
/** For people and for gcloud; nothing here is read by Config Sync. */
export const FOLDER = 'google/';

/** What makes the RootSync's Secret, which the RootSync reads itself. */
export const CREDENTIALS = `${ROOT}credentials/`;

export const ROOT_SYNC = 'root-sync';
/** The name that the fleet gives the Secret of the RootSync that it makes. Source: cloud.google.com, gcloud apply spec fields. */
export const FLEET_SECRET = 'git-creds';
/** The name with which a RepoSync's account is called after the namespace alone. */
export const REPO_SYNC = 'repo-sync';

export const MANAGED = { 'app.kubernetes.io/managed-by': 'espalier' } as const;

/** Objects of an instance stay when their files go. Source: cli-utils, pkg/common. */
export const DETACHED = { 'client.lifecycle.config.k8s.io/deletion': 'detach' } as const;
/** Waits for objects of the same sync, and is deleted before them. */
export const DEPENDS_ON = 'config.kubernetes.io/depends-on';
/** A sync that is deleted deletes what it applied; without it everything stays. */
export const DELETION = 'configsync.gke.io/deletion-propagation-policy';

/** The account of a RepoSync, in Config Sync's namespace. Source: kpt-config-sync, pkg/core/names.go. */
export function reconcilerOf(namespace: string, name: string = REPO_SYNC): string {
  return name === REPO_SYNC ? `ns-reconciler-${namespace}` : `ns-reconciler-${namespace}-${name}-${name.length}`;
}

/** The binding that gives a RepoSync's account its rights. With a dot, so that it is none that is named after a namespace. */
export function bindingOf(name: string = REPO_SYNC): string {
  return `${name}.config-sync`;
}

/** Name and namespace of a RepoSync together. Source: kpt-config-sync, pkg/reconcilermanager/constants.go. */
const LONGEST = 45;

/** The longest namespace that a logical cloud may have. */
export const LONGEST_NAMESPACE = LONGEST - REPO_SYNC.length;

const DIGITS = 16;

/** The RepoSync of a chart, `<cid>-<app>`, or where that is too long a hash, as long as there is room for. */
export function chartSyncName({ context, app }: InstanceRef, namespace: string): string {
  const plain = `${context}-${app}`;
  const room = LONGEST - namespace.length;
  return plain.length <= room ? plain : `x${sha256(plain).slice(0, Math.min(DIGITS, room - 1))}`;
}

/** Where an instance's RepoSync stands, or with another ending what belongs to it. */
export function referencePath({ context, app }: InstanceRef, ending = 'yaml'): string {
  return `${ROOT}references/${context}-${app}.${ending}`;
}

/** Ending of the binding that the account of a chart's RepoSync has. */
export const BINDING = 'rolebinding.yaml';

/** Files of an instance beside its reference. */
export const REFERENCE_FILES = /^cluster\/references\/([0-9]+)-([^/.]+)\.(?:(?:rolebinding|external-secret|secret-store)\.)?yaml$/;

/** The folder that a cloud's RepoSync reads, relative to the cluster's. */
export function namespaceFolder(namespace: string): `namespaces/${string}/` {
  return `${NAMESPACES}${namespace}/`;
}
