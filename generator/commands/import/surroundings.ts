import { readableSecret } from '../../06-render/secret-data.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { Kustomizer } from '../../model/ports.ts';
import { providers } from '../../providers/registry.ts';
import type { Surroundings } from '../../scaffold/gitops/model.ts';
import { createSourceTree } from '../../scaffold/gitops/source-tree.ts';
import { createEntries } from '../../scaffold/import-report.ts';
import type { Known } from '../../scaffold/known.ts';
import { createFolderReader } from '../../io/folder-reader.ts';

const RESERVED: ReadonlySet<string> = new Set(Object.values(providers).flatMap(({ reservedNamespaces }) => [...reservedNamespaces]));

export interface SurroundingsRequest {
  /** The folder of the Git repository that is read. */
  readonly gitRoot: string;
  readonly known: Known;
  readonly kustomizer: Kustomizer;
  readonly from: Surroundings['from'];
}

/** What an import of a GitOps repository reaches. */
export function surroundingsOf({ gitRoot, known, kustomizer, from }: SurroundingsRequest): Surroundings {
  return {
    tree: createSourceTree(createFolderReader(gitRoot)),
    kustomizer,
    report: createEntries(),
    credentialIn,
    isReserved: (namespace) => namespace === 'default' || namespace.startsWith('kube-') || RESERVED.has(namespace),
    clouds: new Map(known.clouds.map((cloud) => [cloud.kubernetesNamespace, cloud] as const)),
    templates: new Set(known.templates.keys()),
    from,
  };
}

function credentialIn(object: KubeObject): string | undefined {
  const found = readableSecret(object);
  return found && (found.what ?? 'readable data');
}
