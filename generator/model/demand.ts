/** Quantities by resource, as Kubernetes writes them. Sorted by resource. */
export type Resources = Readonly<Record<string, string>>;

/** What an app requests on one cluster; pods of DaemonSets once more on every node. */
export interface Demand {
  readonly total: Resources;
  readonly perNode: Resources;
}
