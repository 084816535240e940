import { valueAt } from '../lib/json-path.ts';
import { compareText } from '../lib/order.ts';
import type { IntentDocument, Loaded } from '../model/intents.ts';
import { isJsonObject, type Json, type JsonPath } from '../model/json.ts';
import type { Source } from '../model/source.ts';

/** A document by its identity: provider or namespace, and name. */
export interface KnownName {
  readonly scope: string;
  readonly name: string;
  readonly source: Source;
}

export interface KnownCluster extends KnownName {
  /** The type of its agent. */
  readonly agent: string | undefined;
}

export interface KnownSyncObject extends KnownName {
  readonly type: string;
  readonly url: string;
  readonly branch: string;
}

export interface KnownCloudName extends KnownName {
  /** Of several the first. */
  readonly kubernetesNamespace: string;
  /** Whether it is of level 0. */
  readonly isAdmins: boolean;
}

/** What a repository holds already, those of its documents with mistakes too. Sorted. */
export interface Known {
  readonly clusters: readonly KnownCluster[];
  readonly syncObjects: readonly KnownSyncObject[];
  readonly clouds: readonly KnownCloudName[];
  readonly deployments: readonly KnownName[];
  /** Labels of clusters: values by key. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
  /** Template packages, with the schemas of their values. */
  readonly templates: ReadonlyMap<string, Json | undefined>;
  /** Whether apps are, or are about to be, Helm charts. */
  readonly hasCharts: boolean;
}

export function knownIn({ documents, templates, charts }: Loaded): Known {
  const named = (kind: string): readonly (KnownName & { readonly document: IntentDocument })[] =>
    documents.flatMap((document) => named1(document, kind)).sort((a, b) => compareText(a.scope, b.scope) || compareText(a.name, b.name));
  const clusters = named('Cluster');
  return {
    clusters: clusters.map((one) => ({ ...one, agent: textAt(one.document.value, ['spec', 'gitOps', 'gitOpsType']) })),
    syncObjects: named('SyncObject').map((one) => ({
      ...one,
      type: textAt(one.document.value, ['spec', 'type']) ?? '',
      url: textAt(one.document.value, ['spec', 'git', 'url']) ?? '',
      branch: textAt(one.document.value, ['spec', 'git', 'branch']) ?? 'main',
    })),
    clouds: named('LogicalCloud').map((one) => {
      const isAdmins = valueAt(one.document.value, ['spec', 'level']) === 0;
      const own = textAt(one.document.value, ['spec', 'namespaces', 0, 'name']) ?? textAt(one.document.value, ['spec', 'namespace']);
      return { ...one, isAdmins, kubernetesNamespace: own ?? (isAdmins ? 'default' : one.name) };
    }),
    deployments: named('DeploymentIntent'),
    hasCharts: charts.size > 0 || documents.some(({ value }) => holdsChart(value)),
    labels: labelsOf(clusters.map(({ document }) => document)),
    templates: new Map(
      [...templates].map(([name, { manifest }]) => [name, manifest && valueAt(manifest.value, ['spec', 'values'])] as const),
    ),
  };
}

function holdsChart(document: Json): boolean {
  const apps = valueAt(document, ['spec', 'apps']);
  return Array.isArray(apps) && (apps as readonly Json[]).some((app) => valueAt(app, ['source', 'chart']) !== undefined);
}

/** `provider+name` or `namespace/name`, as people write it. */
export function showName({ scope, name }: Pick<KnownName, 'scope' | 'name'>, separator: '+' | '/'): string {
  return `${scope}${separator}${name}`;
}

function named1(document: IntentDocument, kind: string): readonly (KnownName & { readonly document: IntentDocument })[] {
  const { value } = document;
  if (textAt(value, ['kind']) !== kind) return [];
  const hasProvider = kind === 'Cluster' || kind === 'SyncObject';
  const scope = textAt(value, hasProvider ? ['spec', 'provider'] : ['metadata', 'namespace']);
  const name = textAt(value, ['metadata', 'name']);
  return scope === undefined || name === undefined ? [] : [{ scope, name, source: document.at(['metadata', 'name']), document }];
}

function labelsOf(clusters: readonly IntentDocument[]): ReadonlyMap<string, ReadonlySet<string>> {
  const labels = new Map<string, Set<string>>();
  for (const { value } of clusters) {
    const written = valueAt(value, ['metadata', 'labels']);
    for (const [key, label] of Object.entries(isJsonObject(written) ? written : {})) {
      if (typeof label === 'string') labels.set(key, (labels.get(key) ?? new Set()).add(label));
    }
  }
  return new Map([...labels].sort(([a], [b]) => compareText(a, b)));
}

function textAt(value: Json, path: JsonPath): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}
