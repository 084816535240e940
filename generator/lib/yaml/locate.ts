import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { JsonPath } from '../../model/json.ts';
import { isMergeKey, readKey, spanOf } from './read-scalar.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a part of a document stands; for a path that it does not have, its nearest existing ancestor. Through aliases and merges too. */
export function locateIn(document: Document.Parsed, { path, part }: { readonly path: JsonPath; readonly part: 'key' | 'value' }): Span {
  let place: Place = { value: document.contents };
  for (const step of path) {
    const next = child(document, targetOf(document, place.value), step);
    if (!next) break;
    place = next;
  }
  const wanted = part === 'key' ? (place.key ?? place.value) : (place.value ?? place.key);
  return wanted ? spanOf(wanted) : { start: document.range[0], end: document.range[0] };
}

interface Place {
  readonly key?: Node | null;
  readonly value: Node | null;
}

function child(document: Document.Parsed, parent: Node | null, step: string | number): Place | undefined {
  if (isSeq(parent)) {
    const item = parent.items[Number(step)] as Node | undefined;
    return item && { value: item };
  }
  return isMap(parent) ? placesOf(document, parent).get(String(step)) : undefined;
}

const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Place>>();

/** A map's members by key, those merged in included. Kept, because many findings may lie in one large map. */
function placesOf(document: Document.Parsed, map: YAMLMap): ReadonlyMap<string, Place> {
  const known = indexes.get(map);
  if (known) return known;
  const places = new Map<string, Place>();
  // Set before it is filled, so that a map that merges itself ends.
  indexes.set(map, places);
  for (const pair of map.items as Pair<Node | null, Node | null>[]) {
    if (isMergeKey(pair.key)) {
      for (const source of sourcesOf(document, pair.value)) for (const [key, place] of placesOf(document, source)) places.set(key, place);
    } else {
      const key = readKey(targetOf(document, pair.key), () => undefined);
      if (key !== undefined) places.set(key, { key: pair.key, value: pair.value });
    }
  }
  return places;
}

function sourcesOf(document: Document.Parsed, value: Node | null): readonly YAMLMap[] {
  const nodes = isSeq(value) ? (value.items as Node[]).toReversed() : [value];
  return nodes.map((node) => targetOf(document, node)).filter((node) => isMap(node));
}

function targetOf(document: Document.Parsed, node: Node | null): Node | null {
  if (!isAlias(node)) return node;
  const target = node.resolve(document);
  return isMap(target) || isSeq(target) || isScalar(target) ? target : null;
}
