import { valueAt } from '../../lib/json-path.ts';
import { podTemplatePath } from '../../lib/kube-names.ts';
import type { YamlDocument } from '../../lib/yaml/parse.ts';
import { isJsonObject, type Json, type JsonObject, type JsonPath } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { splitImage } from '../image.ts';
import { isObject, type TakenFile } from './collect.ts';
import { spanOf } from './edits.ts';
import { items, member } from './references.ts';

/** A place in a file that could take a value. */
export interface Spot {
  readonly kind: 'tag' | 'replicas' | 'host';
  readonly file: TakenFile;
  readonly start: number;
  readonly end: number;
  /** What it is about: the same in a manifest and in a patch of it. */
  readonly subject: string;
  /** Spots with equal keys get one value. */
  readonly key: string;
  readonly value: string | number;
  /** Names for the value, the shortest first. */
  readonly owner: string;
  readonly part: string;
  /** The image without its tag; of tags only. */
  readonly repository?: string;
  /** A kustomization says it for objects of this name, or for containers with this image: it wins over what they say. */
  readonly over?: string;
}

/** All tags, replicas and hosts in files, where they are written plainly enough to be replaced. */
export function spotsIn(files: readonly TakenFile[]): readonly Spot[] {
  const spots = files
    // Text in mustaches would be taken for a value.
    .filter(({ text }) => !text.includes('{{'))
    .flatMap((file) =>
      file.documents.flatMap((document) => (file.role === 'kustomization' ? ofKustomization : ofManifest)(document, file)),
    );
  const overridden = new Set(spots.flatMap(({ over }) => over ?? []));
  const patched = new Set(spots.filter(({ file }) => file.role === 'patch').map(({ subject }) => subject));
  const left = spots.filter((spot) => {
    const isBelow = overridden.has(spot.kind === 'tag' ? `tag ${spot.repository ?? ''}` : `replicas ${spot.owner}`);
    return spot.over !== undefined || (!isBelow && (spot.file.role === 'patch' || !patched.has(spot.subject)));
  });
  // Two patches of one thing: nobody can tell here which of them wins.
  return left.filter((spot) => left.filter(({ subject }) => subject === spot.subject).length === 1);
}

function ofManifest(document: YamlDocument, file: TakenFile): readonly Spot[] {
  const { value } = document;
  if (!isObject(value) || !isJsonObject(value) || !isJsonObject(value['metadata'])) return [];
  const owner = member(value['metadata'], 'name');
  if (typeof owner !== 'string' || typeof value['kind'] !== 'string' || typeof value['apiVersion'] !== 'string') return [];
  const at: At = { document, file, owner, kind: value['kind'] };
  return [...imagesOf(value as KubeObject, at), ...replicasOf(value, at), ...hostsOf(value, at)];
}

interface At {
  readonly document: YamlDocument;
  readonly file: TakenFile;
  readonly owner: string;
  readonly kind: string;
}

function imagesOf(object: KubeObject, at: At): readonly Spot[] {
  const template = object.kind === 'Pod' ? [] : (podTemplatePath(object) ?? ['spec', 'template']);
  return ['containers', 'initContainers'].flatMap((list) => {
    const path = [...template, 'spec', list];
    return items(valueAt(object, path)).flatMap((container, index): readonly Spot[] => {
      const [name, image] = [member(container, 'name'), member(container, 'image')];
      if (typeof name !== 'string' || typeof image !== 'string') return [];
      const { repository, tag } = splitImage(image) ?? {};
      if (repository === undefined || tag === undefined) return [];
      const place = { path: [...path, index, 'image'], value: tag, written: image };
      const subject = `${at.kind}/${at.owner}/${name} tag`;
      return spotAt(place, at, { kind: 'tag', subject, key: `tag ${repository}:${tag}`, part: name, repository });
    });
  });
}

function replicasOf(object: JsonObject, at: At): readonly Spot[] {
  const value = valueAt(object, ['spec', 'replicas']);
  if (!['Deployment', 'StatefulSet', 'ReplicaSet'].includes(at.kind) || typeof value !== 'number') return [];
  const subject = `${at.kind}/${at.owner} replicas`;
  return spotAt({ path: ['spec', 'replicas'], value, written: String(value) }, at, {
    kind: 'replicas',
    subject,
    key: subject,
    part: at.owner,
  });
}

function hostsOf(object: JsonObject, at: At): readonly Spot[] {
  if (at.kind !== 'Ingress') return [];
  const rules = items(valueAt(object, ['spec', 'rules'])).map((_, index): JsonPath => ['spec', 'rules', index, 'host']);
  const tls = items(valueAt(object, ['spec', 'tls'])).flatMap((each, index) =>
    items(member(each, 'hosts')).map((_, host): JsonPath => ['spec', 'tls', index, 'hosts', host]),
  );
  return [...rules, ...tls].flatMap((path) => {
    const value = valueAt(object, path);
    if (typeof value !== 'string') return [];
    const subject = `${at.kind}/${at.owner} ${path.join('.')}`;
    return spotAt({ path, value, written: value }, at, { kind: 'host', subject, key: `host ${value}`, part: at.owner });
  });
}

function ofKustomization(document: YamlDocument, file: TakenFile): readonly Spot[] {
  const at = { document, file, kind: 'Kustomization' };
  const images = items(member(document.value, 'images')).flatMap((image, index): readonly Spot[] => {
    const [name, tag, newName] = [member(image, 'name'), member(image, 'newTag'), member(image, 'newName')];
    if (typeof name !== 'string' || typeof tag !== 'string') return [];
    const repository = typeof newName === 'string' ? newName : name;
    const part = repository.slice(repository.lastIndexOf('/') + 1);
    const place = { path: ['images', index, 'newTag'], value: tag, written: tag };
    return spotAt(
      place,
      { ...at, owner: part },
      { kind: 'tag', subject: `image ${name}`, key: `tag ${name}`, part, repository, over: `tag ${name}` },
    );
  });
  const replicas = items(member(document.value, 'replicas')).flatMap((each, index): readonly Spot[] => {
    const [name, count] = [member(each, 'name'), member(each, 'count')];
    if (typeof name !== 'string' || typeof count !== 'number') return [];
    const place = { path: ['replicas', index, 'count'], value: count, written: String(count) };
    return spotAt(
      place,
      { ...at, owner: name },
      { kind: 'replicas', subject: `replicas ${name}`, key: `replicas ${name}`, part: name, over: `replicas ${name}` },
    );
  });
  return [...images, ...replicas];
}

interface Place {
  readonly path: JsonPath;
  readonly value: string | number;
  readonly written: string;
}

/** The spot, if the scalar stands there as it is, with or without quotes. */
function spotAt(
  { path, value, written }: Place,
  { document, file, owner }: At,
  rest: Pick<Spot, 'kind' | 'subject' | 'key' | 'part' | 'repository' | 'over'>,
): readonly Spot[] {
  const { start, end } = spanOf(file.text, document.locate(path));
  const found = file.text.slice(start, end);
  const isPlain = found === written || (typeof value === 'string' && (found === `"${written}"` || found === `'${written}'`));
  return isPlain && isSafe(value) ? [{ file, start, end, value, owner, ...rest }] : [];
}

/** Nothing that would end a quoted text or begin a mustache. */
function isSafe(value: Json): boolean {
  return typeof value !== 'string' || /^[\w.*:/@+-]+$/.test(value);
}
