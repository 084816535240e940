import { member, referenceObject } from '../../lib/reference-object.ts';
import type { BootstrapStep } from '../../model/bootstrap.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import type { GitSource } from '../../model/sync.ts';
import { secretStep } from './bootstrap-step.ts';
import { credentialFiles } from './flux-credentials.ts';
import { tenantFileOwner } from './flux-tenant.ts';

/** The Secret with which Flux signs in to its repository, before it begins; none for a repository that all may read. */
export function fluxLoginSteps(git: GitSource, namespace: string): readonly BootstrapStep[] {
  const { secretRef } = git;
  if (!secretRef) return [];
  const { name } = secretRef;
  const files = credentialFiles(git, namespace);
  const command = ['kubectl', 'apply', '--server-side', ...files.flatMap((file) => ['--filename', file])];
  return [
    secretStep(`Make the Secret "${name}" with the repository's credentials in namespace ${namespace}`, {
      namespace,
      name,
      note: `${files.length > 0 ? 'once External Secrets is installed, and its store is there' : keysOf(git)}; make the namespace first where it is missing`,
      ...(files.length > 0 && { command, reads: files }),
    }),
  ];
}

/** Tenants that keep their references have a source of their own, which the tree brings with their namespaces; so they come last. External Secrets needs nobody for them. */
export function tenantLoginSteps({ present, cluster }: ProviderCluster, git: GitSource): readonly BootstrapStep[] {
  const { secretRef } = git;
  if (!secretRef || secretRef.external) return [];
  const { name } = secretRef;
  const keys = cluster.value.spec.gitOps?.decryption?.secretRef?.name;
  const decrypting = keys === undefined ? '' : `; "${keys}" has to be there too where an app of the tenant has encrypted Secrets`;
  return tenantNamespaces(present).map((namespace) =>
    secretStep(`Make the Secret "${name}" in namespace ${namespace} too, for the references of its tenant`, {
      namespace,
      name,
      note: `${keysOf(git)}, for reading alone; the namespace comes from the tree${decrypting}`,
    }),
  );
}

/** As the sources in the tree say. */
function tenantNamespaces(present: ProviderCluster['present']): readonly string[] {
  const namespaces = [...present].flatMap(([path, { isMarked, head = '' }]) => {
    if (!isMarked || !path.endsWith('-source.yaml') || tenantFileOwner(path) === undefined) return [];
    const namespace = member(referenceObject(head)?.['metadata'], 'namespace');
    return typeof namespace === 'string' && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(namespace) ? [namespace] : [];
  });
  return [...new Set(namespaces)].sort();
}

function keysOf({ url }: GitSource): string {
  return url.startsWith('ssh:') ? 'with the keys identity and known_hosts' : 'with the keys username and password, or bearerToken';
}
