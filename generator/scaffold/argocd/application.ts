import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { items, member, present, textAt } from '../emco/members.ts';
import type { Entries, Place } from '../import-report.ts';
import { resolveFrom } from '../import/references.ts';
import { type ArgoDocument, argoTitle } from './documents.ts';

/** An Application, as far as it is understood. */
export interface ArgoApplication {
  readonly object: KubeObject;
  readonly place: Place;
  readonly title: string;
  /** By name or address. */
  readonly destination: string;
  readonly namespace: string | undefined;
  readonly repository: string;
  readonly revision: string | undefined;
  readonly source: ArgoSource;
}

export type ArgoSource =
  | {
      readonly kind: 'folder';
      readonly folder: string;
      readonly over: JsonObject;
      readonly recurse: boolean;
      readonly include: string | undefined;
      readonly exclude: string | undefined;
    }
  | { readonly kind: 'chart'; readonly name: string; readonly helm: Json | undefined };

/** Reads an Application; a text says why nothing of it can be carried over. */
export function readApplication({ object, place }: ArgoDocument): ArgoApplication | string {
  const { spec } = object;
  if (member(spec, 'sourceHydrator') !== undefined)
    return 'its source is hydrated by Argo CD: import the Application that reads the result';
  if (items(member(spec, 'sources')).length > 0)
    return 'it has several sources: give each an Application of its own, or render them once (argocd app manifests) and take that over with espalier new app --from';
  const source = member(spec, 'source');
  const repository = textAt(source, 'repoURL');
  const destination = textAt(member(spec, 'destination'), 'server') ?? textAt(member(spec, 'destination'), 'name');
  if (repository === undefined || destination === undefined) return 'it has no source or no destination';
  if (member(source, 'plugin') !== undefined) return 'a plugin renders it, which only Argo CD has';
  const read = sourceOf(source);
  if (typeof read === 'string') return read;
  return {
    object,
    place,
    title: argoTitle(object),
    destination,
    namespace: textAt(member(spec, 'destination'), 'namespace'),
    repository,
    revision: textAt(source, 'targetRevision'),
    source: read,
  };
}

function sourceOf(source: Json | undefined): ArgoSource | string {
  const chart = textAt(source, 'chart');
  if (chart !== undefined) return { kind: 'chart', name: chart, helm: member(source, 'helm') };
  const path = textAt(source, 'path') ?? '.';
  const folder = resolveFrom('', path);
  if (folder === undefined) return `its path "${path}" leads out of the repository`;
  if (member(source, 'helm') !== undefined) return chartFolder(folder);
  const directory = member(source, 'directory');
  if (Object.keys(isJsonObject(member(directory, 'jsonnet')) ? (member(directory, 'jsonnet') as object) : {}).length > 0)
    return 'it is written in Jsonnet: render it once (argocd app manifests) and take that over with espalier new app --from';
  const over = overOf(member(source, 'kustomize'), folder);
  if (typeof over === 'string') return over;
  return {
    kind: 'folder',
    folder,
    over,
    recurse: member(directory, 'recurse') === true,
    include: textAt(directory, 'include'),
    exclude: textAt(directory, 'exclude'),
  };
}

export function chartFolder(folder: string): string {
  return `"${folder}" is a Helm chart in the repository: push it to a chart repository, or render it once (helm template) and take that over with espalier new app --from`;
}

const UNDERSTOOD = new Set(
  'namePrefix nameSuffix namespace images replicas patches components commonLabels commonAnnotations labelWithoutSelector labelIncludeTemplates version'.split(
    ' ',
  ),
);

/** What an Application lays over a kustomization, as a kustomization says it. */
function overOf(kustomize: Json | undefined, folder: string): JsonObject | string {
  const other = Object.keys(isJsonObject(kustomize) ? kustomize : {}).find((key) => !UNDERSTOOD.has(key));
  if (other !== undefined) return `its kustomize.${other} is not understood here`;
  const components = items(member(kustomize, 'components')).map((path) =>
    typeof path === 'string' ? resolveFrom(folder, path) : undefined,
  );
  if (components.some((path) => path === undefined)) return 'one of its components lies outside of the repository';
  const images = items(member(kustomize, 'images')).map((image) => (typeof image === 'string' ? imageOf(image) : undefined));
  if (images.some((image) => image === undefined)) return 'one of its images cannot be read';
  const labels = member(kustomize, 'commonLabels');
  const withoutSelectors = member(kustomize, 'labelWithoutSelector') === true;
  const list = (key: string): Json | undefined => (items(member(kustomize, key)).length > 0 ? member(kustomize, key) : undefined);
  const pairs = { pairs: labels ?? {}, includeSelectors: false, includeTemplates: member(kustomize, 'labelIncludeTemplates') === true };
  return present({
    namespace: textAt(kustomize, 'namespace'),
    namePrefix: textAt(kustomize, 'namePrefix'),
    nameSuffix: textAt(kustomize, 'nameSuffix'),
    images: images.length > 0 ? (images as readonly JsonObject[]) : undefined,
    replicas: list('replicas'),
    patches: list('patches'),
    components: components.length > 0 ? (components as readonly string[]) : undefined,
    ...(isJsonObject(labels) && (withoutSelectors ? { labels: [pairs] } : { commonLabels: labels })),
    commonAnnotations: isJsonObject(member(kustomize, 'commonAnnotations')) ? member(kustomize, 'commonAnnotations') : undefined,
  });
}

/** `[name=]new[:tag][@digest]`, as kustomize edit set image takes it. */
function imageOf(text: string): JsonObject | undefined {
  const [, name, rest = ''] = /^(?:([^=]+)=)?(.+)$/.exec(text.trim()) ?? [];
  const [, image = '', tag, digest] = /^([^@]+?)(?::([\w][\w.-]*))?(?:@(sha256:[0-9a-f]+))?$/.exec(rest) ?? [];
  if (image === '') return undefined;
  return present({
    name: name ?? image,
    newName: name === undefined ? undefined : image,
    newTag: digest === undefined ? tag : undefined,
    digest,
  });
}

/** Tells of what is otherwise here. */
export function tellApplication({ object, place, title, revision, source }: ArgoApplication, report: Entries): void {
  const { spec } = object;
  const policy = member(spec, 'syncPolicy');
  const automated = member(policy, 'automated');
  const changed = (reason: string): void => report.add('changed', { place, what: title, reason });
  const left = (what: string, reason: string): void => report.add('left', { place, what: `${what} of ${title}`, reason });
  if (automated === undefined || member(automated, 'enabled') === false)
    changed('it was synced by hand; here, what is committed is applied');
  else if (member(automated, 'prune') !== true || member(automated, 'selfHeal') !== true)
    changed('it did not prune, or not put right; here, what leaves the tree is deleted, and what differs from it put right');
  const options = items(member(policy, 'syncOptions')).filter(
    (option) => typeof option === 'string' && !/^(CreateNamespace|ServerSideApply)=/.test(option),
  );
  if (options.length > 0)
    left(`syncOptions ${options.map(String).join(', ')}`, 'how it is synced is the same for all apps: docs/providers/argocd.md says how');
  if (member(policy, 'retry') !== undefined) left('retry', 'delivery.retryInterval says it here');
  if (member(policy, 'managedNamespaceMetadata') !== undefined)
    left('managedNamespaceMetadata', 'write labels of the namespace into the logical cloud');
  if (items(member(spec, 'ignoreDifferences')).length > 0)
    left(
      'ignoreDifferences',
      'only replicas of what an autoscaler beside it scales are left alone: leave other fields out of the manifests',
    );
  if (textAt(object.metadata['annotations'], 'argocd.argoproj.io/sync-wave') !== undefined)
    left('its sync wave', 'write dependsOn between apps of one namespace where order matters');
  if (source.kind === 'folder' && revision !== undefined && /^(v?[0-9]+\.[0-9]|[0-9a-f]{40}$)/.test(revision))
    changed(`it follows "${revision}"; here, agents follow a branch`);
}
