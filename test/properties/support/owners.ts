/** Whose file a path is, read off the path alone and without the product's help. */
export type PathOwner =
  | { readonly kind: 'instance'; readonly cluster: string; readonly context: string; readonly app: string }
  | { readonly kind: 'decision'; readonly deployment: string; readonly app: string }
  | { readonly kind: 'cluster'; readonly cluster: string };

export function pathOwner(path: string): PathOwner | undefined {
  const [, deployment, decided] = /^clusters\/decisions\/([^/]+)\/([^/]+)\.yaml$/.exec(path) ?? [];
  if (deployment !== undefined && decided !== undefined) return { kind: 'decision', deployment, app: decided };
  const [, cluster, rest] = /^clusters\/([^/]+\+[^/]+)\/(.+)$/.exec(path) ?? [];
  if (cluster === undefined || rest === undefined) return undefined;
  const [, context, app] = /^context\/(\d+)\/app\/([^/]+)\/[^/]+$/.exec(rest) ?? /^references\/(\d+)-([^/]+)-kcust\.yaml$/.exec(rest) ?? [];
  const [, cloud] = /^references\/(\d+)-(?:source|kcust-ns)\.yaml$/.exec(rest) ?? [];
  if (cloud !== undefined) return { kind: 'instance', cluster, context: cloud, app: 'logical-cloud' };
  return context !== undefined && app !== undefined ? { kind: 'instance', cluster, context, app } : { kind: 'cluster', cluster };
}
