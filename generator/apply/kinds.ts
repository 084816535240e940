import { apiVersionOf } from './refs.ts';
import type { ApplyFailure, ObjectRef } from '../model/apply.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { KubeApi, KubeAnswer } from '../model/ports.ts';
import { refusal } from './failures.ts';
import { isApiVersion, isPathSegment } from './sound-ref.ts';

/** A kind that the API server knows. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  /** Its name in paths. */
  readonly plural: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
}

type Found<T> = { readonly value: T } | { readonly failure: ApplyFailure };

/** What the server knows, asked for once. */
export interface Kinds {
  /** The kind in the version that the reference names, or else in the one that the server prefers. `unknown-kind`: it has neither. */
  find(ref: Pick<ObjectRef, 'group' | 'version' | 'kind'>): Promise<Found<Resource>>;
  /** Everything that can be listed and deleted. */
  all(): Promise<Found<readonly Resource[]>>;
  /** Definitions came or went: asks anew. */
  forget(): void;
}

export function createKinds(api: KubeApi): Kinds {
  const known = new Map<string, Promise<Found<readonly Resource[]>>>();
  const of = (apiVersion: string): Promise<Found<readonly Resource[]>> => {
    const asked = known.get(apiVersion) ?? resourcesOf(api, apiVersion);
    known.set(apiVersion, asked);
    return asked;
  };
  const preferred = async (group: string): Promise<Found<readonly Resource[]>> => {
    const answer = await api.ask({ method: 'GET', path: `/apis/${segment(group)}` });
    const version = answer.kind === 'answer' && answer.status === 200 ? preferredIn(answer.body) : undefined;
    return version === undefined ? failed(answer) : of(version);
  };
  return {
    async find({ group, version, kind }) {
      const exact = await of(apiVersionOf({ group, version }));
      if ('failure' in exact && exact.failure.kind !== 'unknown-kind') return exact;
      const resource = 'value' in exact ? exact.value.find((one) => one.kind === kind) : undefined;
      if (resource) return { value: resource };
      const other = group === '' ? exact : await preferred(group);
      if ('failure' in other) return other;
      const later = other.value.find((one) => one.kind === kind);
      return later ? { value: later } : { failure: { kind: 'unknown-kind' } };
    },
    async all() {
      const answer = await api.ask({ method: 'GET', path: '/apis' });
      if (answer.kind === 'lost' || answer.status !== 200) return failed(answer);
      const { groups } = answer.body;
      const versions = ((Array.isArray(groups) ? groups : []) as readonly Json[]).map((group) =>
        isJsonObject(group) ? preferredIn(group) : undefined,
      );
      const resources: Resource[] = [];
      for (const version of ['v1', ...versions.filter((one) => one !== undefined)]) {
        const found = await of(version);
        if ('failure' in found) return found;
        resources.push(...found.value.filter(({ verbs }) => verbs.includes('list') && verbs.includes('delete')));
      }
      return { value: resources };
    },
    forget: () => known.clear(),
  };
}

async function resourcesOf(api: KubeApi, apiVersion: string): Promise<Found<readonly Resource[]>> {
  const answer = await api.ask({ method: 'GET', path: basePath(apiVersion) });
  if (answer.kind === 'lost' || answer.status !== 200) return failed(answer);
  const { resources } = answer.body;
  return { value: ((Array.isArray(resources) ? resources : []) as readonly Json[]).flatMap((one) => toResource(one, apiVersion)) };
}

function failed(answer: KubeAnswer): { readonly failure: ApplyFailure } {
  if (answer.kind === 'answer' && answer.status === 404) return { failure: { kind: 'unknown-kind' } };
  return { failure: refusal(answer) };
}

function toResource(value: Json, apiVersion: string): readonly Resource[] {
  if (!isJsonObject(value)) return [];
  const { name, kind, namespaced, verbs } = value;
  // What has a slash is a part of another, such as its status.
  if (typeof name !== 'string' || typeof kind !== 'string' || !isPathSegment(name) || !Array.isArray(verbs)) return [];
  return [
    {
      apiVersion,
      kind,
      plural: name,
      isNamespaced: namespaced === true,
      verbs: (verbs as readonly Json[]).filter((verb) => typeof verb === 'string'),
    },
  ];
}

function preferredIn({ preferredVersion }: JsonObject): string | undefined {
  const version = isJsonObject(preferredVersion) ? preferredVersion['groupVersion'] : undefined;
  return typeof version === 'string' && isApiVersion(version) ? version : undefined;
}

function basePath(apiVersion: string): string {
  const parts = apiVersion.split('/').map(segment).join('/');
  return apiVersion.includes('/') ? `/apis/${parts}` : `/api/${parts}`;
}

/** Whoever asks has checked it before: one that leads elsewhere is a bug. */
function segment(text: string): string {
  if (!isPathSegment(text)) throw new RangeError(`no segment of a path: ${JSON.stringify(text)}`);
  return encodeURIComponent(text);
}

/** Where objects of the kind are; with a name, where that one is. */
export function pathOf(
  resource: Pick<Resource, 'apiVersion' | 'plural' | 'isNamespaced'>,
  at: { readonly namespace?: string | undefined; readonly name?: string },
): string {
  const namespace = resource.isNamespaced && at.namespace !== undefined ? `/namespaces/${segment(at.namespace)}` : '';
  return `${basePath(resource.apiVersion)}${namespace}/${segment(resource.plural)}${at.name === undefined ? '' : `/${segment(at.name)}`}`;
}
