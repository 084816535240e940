/**
 * The part of a cluster's tree that an instance's folder, `context/<cid>/app/<app>`, lies in: none, that of the whole cluster, or that of one
 * Kubernetes namespace. For agents that read folders, each with rights of its own, and not references.
 */
export type Place = '' | 'cluster/' | `namespaces/${string}/`;
