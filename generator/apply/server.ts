import { canonicalJson } from '../lib/canonical-json.ts';
import { FIELD_MANAGER, INVENTORY_NAMESPACE, type ApplyFailure, type ObjectRef, type StoredInventory } from '../model/apply.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { KubeAnswer, KubeApi } from '../model/ports.ts';
import { refusal } from './failures.ts';
import { INVENTORY_LABEL, readInventory } from './inventory.ts';
import { createKinds, type Kinds, pathOf, type Resource } from './kinds.ts';
import { refOf } from './refs.ts';
import { faultIn, strangerIn } from './sound-ref.ts';

/** A value, or why there is none. */
export type Reply<T> = { readonly value: T } | { readonly failure: ApplyFailure };

export interface ApplyOptions {
  readonly dryRun: boolean;
  /** Takes fields over from other managers. */
  readonly force: boolean;
  /** An administrators' object: what of it is in a namespace in the tree may be of the whole cluster, if its kind is. */
  readonly isAdmins?: boolean;
}

/** What we ask of an API server, in terms of objects. */
export interface Server {
  readonly kinds: Kinds;
  /** `undefined`: it is not there. A failure also where the server gives another object than it was asked for. */
  get(ref: ObjectRef): Promise<Reply<JsonObject | undefined>>;
  apply(object: KubeObject, options: ApplyOptions): Promise<Reply<JsonObject>>;
  /** Deletes exactly the object that was looked at. */
  remove(ref: ObjectRef, live: JsonObject): Promise<Reply<undefined>>;
  /** Objects of a kind, in a namespace or everywhere, in full. */
  list(resource: Resource, namespace?: string): Promise<Reply<readonly KubeObject[]>>;
  inventories(): Promise<Reply<readonly (StoredInventory | string)[]>>;
  /** Asks for the object until it is as it should be; the last that was seen. */
  waitFor(ref: ObjectRef, isReady: (live: JsonObject | undefined) => boolean): Promise<Reply<JsonObject | undefined>>;
  /** Asks until the server knows the kind. */
  waitForKind(resource: Pick<Resource, 'apiVersion' | 'plural' | 'isNamespaced'>): Promise<Reply<undefined>>;
}

const PAGE = '500';

export function createServer(api: KubeApi): Server {
  const kinds = createKinds(api);
  const at = async (ref: ObjectRef): Promise<Reply<Asked>> => {
    const fault = faultIn(ref);
    if (fault !== undefined) return { failure: { kind: 'refused', reason: fault } };
    const found = await kinds.find(ref);
    return 'failure' in found ? found : { value: { ref, path: pathOf(found.value, ref), resource: found.value } };
  };
  return {
    kinds,
    async get(ref) {
      const asked = await at(ref);
      return 'failure' in asked ? asked : objectIn(await api.ask({ method: 'GET', path: asked.value.path }), asked.value);
    },
    async apply(object, { dryRun, force, isAdmins = false }) {
      const ref = refOf(object);
      const asked = await at(ref);
      if ('failure' in asked) return asked;
      const { path, resource } = asked.value;
      if (resource.apiVersion !== object.apiVersion) return { failure: { kind: 'unknown-kind' } };
      if (!resource.isNamespaced && ref.namespace !== undefined && !isAdmins)
        return { failure: { kind: 'refused', reason: wholeCluster(ref) } };
      const query = {
        fieldManager: FIELD_MANAGER,
        fieldValidation: 'Strict',
        ...(force && { force: 'true' }),
        ...(dryRun && { dryRun: 'All' }),
      };
      const body = canonicalJson(resource.isNamespaced ? object : withoutNamespace(object));
      const answer = await api.ask({
        method: 'PATCH',
        path,
        query,
        body,
        contentType: 'application/apply-patch+yaml',
      });
      const isDone = answer.kind === 'answer' && (answer.status === 200 || answer.status === 201);
      return isDone ? { value: answer.body } : { failure: refusal(answer, isSecret(ref)) };
    },
    async remove(ref, live) {
      const asked = await at(ref);
      if ('failure' in asked) return asked;
      const uid = isJsonObject(live['metadata']) ? live['metadata']['uid'] : undefined;
      const body = canonicalJson({ propagationPolicy: 'Background', ...(uid !== undefined && { preconditions: { uid } }) });
      const answer = await api.ask({ method: 'DELETE', path: asked.value.path, body, contentType: 'application/json' });
      // Asked twice because the first answer was lost, it is not there any more.
      const isDone = answer.kind === 'answer' && (answer.status < 300 || answer.status === 404);
      return isDone ? { value: undefined } : { failure: refusal(answer, isSecret(ref)) };
    },
    list: (resource, namespace) => listAll(api, { path: pathOf(resource, { namespace }), query: {} }),
    async inventories() {
      const path = pathOf(CONFIG_MAPS, { namespace: INVENTORY_NAMESPACE });
      const listed = await listAll(api, { path, query: { labelSelector: INVENTORY_LABEL } });
      return 'failure' in listed ? listed : { value: listed.value.map((object) => readInventory(object) ?? object.metadata.name) };
    },
    async waitFor(ref, isReady) {
      const asked = await at(ref);
      if ('failure' in asked) return asked;
      const isEnough = (answer: KubeAnswer): boolean =>
        answer.kind === 'answer' && (answer.status === 404 ? isReady(undefined) : answer.status === 200 && isReady(answer.body));
      return objectIn(await api.askUntil({ method: 'GET', path: asked.value.path }, isEnough), asked.value);
    },
    async waitForKind(resource) {
      const answer = await api.askUntil(
        { method: 'GET', path: pathOf(resource, {}), query: { limit: '1' } },
        (last) => last.kind === 'answer' && last.status !== 404,
      );
      kinds.forget();
      return answer.kind === 'lost' ? { failure: answer } : { value: undefined };
    },
  };
}

export const CONFIG_MAPS = { apiVersion: 'v1', plural: 'configmaps', isNamespaced: true };

function isSecret({ kind }: ObjectRef): boolean {
  return kind === 'Secret';
}

interface Asked {
  readonly ref: ObjectRef;
  readonly path: string;
  readonly resource: Resource;
}

function objectIn(answer: KubeAnswer, { ref, resource }: Asked): Reply<JsonObject | undefined> {
  if (answer.kind === 'answer' && answer.status === 200) {
    const stranger = strangerIn(answer.body, ref, resource);
    return stranger === undefined ? { value: answer.body } : { failure: { kind: 'refused', reason: stranger } };
  }
  if (answer.kind === 'answer' && answer.status === 404) return { value: undefined };
  return { failure: refusal(answer, isSecret(ref)) };
}

/** What is meant for the whole cluster has no namespace in the tree: only then was it held against the cloud's permissions. */
function wholeCluster({ kind, namespace = '' }: ObjectRef): string {
  return `it is in namespace "${namespace}" in the tree, and of the whole cluster for the server: put the CustomResourceDefinition of ${kind} into templates/crds/, and permit it with scope: Cluster`;
}

/** A kind of no namespace that nothing here knew: the cloud's was written into it. */
function withoutNamespace(object: KubeObject): KubeObject {
  const metadata = Object.fromEntries(Object.entries(object.metadata).filter(([key]) => key !== 'namespace'));
  return { ...object, metadata: { ...metadata, name: object.metadata.name } };
}

interface Listing {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

async function listAll(api: KubeApi, { path, query }: Listing): Promise<Reply<readonly KubeObject[]>> {
  const objects: KubeObject[] = [];
  for (let next = ''; ;) {
    const answer = await api.ask({ method: 'GET', path, query: { ...query, limit: PAGE, ...(next !== '' && { continue: next }) } });
    if (answer.kind === 'answer' && answer.status === 404) return { value: objects };
    if (answer.kind === 'lost' || answer.status !== 200) return { failure: refusal(answer) };
    objects.push(...itemsIn(answer.body));
    const { metadata } = answer.body;
    const more = isJsonObject(metadata) ? metadata['continue'] : undefined;
    if (typeof more !== 'string' || more === '') return { value: objects };
    next = more;
  }
}

/** In a list of one kind the items do not name it. */
function itemsIn({ items, apiVersion, kind }: JsonObject): readonly KubeObject[] {
  const typed = { apiVersion: apiVersion ?? '', kind: typeof kind === 'string' ? kind.replace(/List$/, '') : '' };
  const objects = ((Array.isArray(items) ? items : []) as readonly Json[]).filter(
    (item) => isJsonObject(item) && isJsonObject(item['metadata']),
  );
  return objects.map((item) => ({ ...typed, ...(item as JsonObject) }) as KubeObject);
}
