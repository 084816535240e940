import { toContext } from '../../generator/lib/hash.ts';
import { sortBy } from '../../generator/lib/order.ts';
import type { App, ClusterSpec, DeploymentIntent, LogicalCloudSpec, TemplateSpec } from '../../generator/model/api.generated.ts';
import { clusterId } from '../../generator/model/context.ts';
import type { Intents, KnownCloud, KnownCluster, KnownDeployment, TemplatePackage } from '../../generator/model/intents.ts';
import type { Locate, RepoPath } from '../../generator/model/source.ts';

/** A place that names its path: `shop#spec.apps.0.placement`, with `~key` for a key. */
function locate(file: string): Locate {
  return (path, part) => ({ file: `${file}#${path.join('.')}${part === 'key' ? '~key' : ''}` as RepoPath, line: 1, column: 1, length: 1 });
}

type ClusterFacts = Omit<ClusterSpec, 'provider'> & { readonly labels?: Record<string, string> };

/** `provider+name` with labels and whatever else a Cluster says. */
export function makeCluster(id: string, { labels = {}, ...spec }: ClusterFacts = {}): KnownCluster {
  const [provider = '', name = ''] = id.split('+');
  return {
    id: clusterId(provider, name),
    slug: `${provider}-${name}`,
    value: { apiVersion: 'espalier.dev/v1alpha1', kind: 'Cluster', metadata: { name, labels }, spec: { provider, ...spec } },
    at: locate(id),
  };
}

export function makeCloud(spec: Partial<LogicalCloudSpec> = {}, name = 'retail'): KnownCloud {
  const permissions: NonNullable<LogicalCloudSpec['permissions']> = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
  return {
    context: toContext({ kind: 'LogicalCloud', namespace: 'retail', name }),
    namespace: spec.level === 0 ? (spec.namespace ?? 'default') : name,
    value: {
      apiVersion: 'espalier.dev/v1alpha1',
      kind: 'LogicalCloud',
      metadata: { name, namespace: 'retail' },
      spec: spec.level === 0 ? spec : { permissions, ...spec },
    },
    at: locate(`cloud-${name}`),
  };
}

/** An app of template `web`, placed everywhere unless told otherwise. */
export function makeApp(app: Partial<App> = {}): App {
  return { name: 'web', source: { template: 'web' }, placement: { allOf: [{}] }, ...app };
}

export function makeDeployment(apps: readonly App[], name = 'shop'): KnownDeployment {
  const [first = makeApp(), ...others] = apps;
  const value: DeploymentIntent = {
    apiVersion: 'espalier.dev/v1alpha1',
    kind: 'DeploymentIntent',
    metadata: { name, namespace: 'retail' },
    spec: { version: '1.0.0', logicalCloud: 'retail', apps: [first, ...others] },
  };
  return { context: toContext({ kind: 'DeploymentIntent', namespace: 'retail', name }), value, at: locate(name) };
}

export function makeTemplate(spec: Partial<TemplateSpec> = {}, name = 'web'): TemplatePackage {
  return {
    name,
    digest: `digest of ${name}`,
    manifest: {
      value: { apiVersion: 'espalier.dev/v1alpha1', kind: 'Template', metadata: { name }, spec: { description: 'A template.', ...spec } },
      at: locate(`template-${name}`),
    },
    files: new Map(),
  };
}

export function makeIntents(parts: Partial<Intents>): Intents {
  return {
    clusters: sortBy(parts.clusters ?? [], ({ id }) => id),
    syncObjects: [],
    clouds: parts.clouds ?? [makeCloud()],
    deployments: parts.deployments ?? [],
    templates: parts.templates ?? new Map([['web', makeTemplate()]]),
    installations: parts.installations ?? [],
    charts: parts.charts ?? new Map(),
    vendoredFlux: parts.vendoredFlux ?? [],
  };
}
