import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Json } from '../../model/json.ts';
import { DEPTH_LIMIT, FINDING_LIMIT, tooDeep } from './compose.ts';
import type { Finding } from './problem.ts';
import { isMergeKey, judgeCollectionTag, readKey, readScalar, type Report, spanOf } from './read-scalar.ts';
import type { Resolved } from './resolve-scalar.ts';

/** Nodes that aliases may add to a document. */
const ALIAS_LIMIT = 10_000;

/** One document while it is read. */
interface Reading {
  readonly report: Report;
  readonly anchors: Map<string, Anchored>;
  /** Nodes as if every alias were written out, and how many of them aliases brought. */
  nodes: number;
  aliased: number;
  isBomb: boolean;
  /** The deepest level met since it was last reset. */
  deepest: number;
}

/** A node with an anchor. Once it was read to its end, aliases share its value: nothing is copied, so that nothing can explode here. */
interface Anchored {
  readonly node: Node;
  done?: { readonly value: Json; readonly nodes: number; readonly height: number };
}

type Members = Record<string, Json>;

/** The JSON value of a document, the one that sigs.k8s.io/yaml gives, and everything wrong with it. */
export function toJson(contents: Node | null): { readonly value: Json; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const report: Report = (finding) => {
    if (findings.length < FINDING_LIMIT) findings.push(finding);
  };
  const reading: Reading = { report, anchors: new Map(), nodes: 1, aliased: 0, isBomb: false, deepest: 0 };
  return { value: readNode(reading, contents, 0), findings };
}

function readNode(reading: Reading, node: unknown, level: number): Json {
  reading.nodes += 1;
  if (isAlias(node)) return readAlias(reading, node, level);
  if (isScalar(node)) {
    const value = asJson(reading, readScalar(node, reading.report), node);
    if (node.anchor !== undefined) reading.anchors.set(node.anchor, { node, done: { value, nodes: 1, height: 0 } });
    return value;
  }
  if (!isMap(node) && !isSeq(node)) return null;
  if (level >= DEPTH_LIMIT) {
    reading.report(tooDeep(spanOf(node).start));
    return null;
  }
  return node.anchor === undefined ? readCollection(reading, node, level) : readAnchored(reading, node, level);
}

/** JSON has no infinities. It has a minus zero, which means zero to everybody. */
function asJson(reading: Reading, value: Resolved, node: Node): Json {
  if (typeof value !== 'number') return value;
  if (Number.isFinite(value)) return value === 0 ? 0 : value;
  reading.report({ kind: 'syntax', message: 'infinity and not-a-number cannot be expressed in JSON', ...spanOf(node) });
  return null;
}

function readAnchored(reading: Reading, node: YAMLMap | YAMLSeq, level: number): Json {
  const anchored: Anchored = { node };
  reading.anchors.set(node.anchor ?? '', anchored);
  const { nodes, deepest } = reading;
  reading.deepest = level;
  const value = readCollection(reading, node, level);
  anchored.done = { value, nodes: reading.nodes - nodes + 1, height: reading.deepest - level };
  reading.deepest = Math.max(reading.deepest, deepest);
  return value;
}

function readAlias(reading: Reading, alias: Alias, level: number): Json {
  const name = `"*${alias.source}"`;
  const anchored = reading.anchors.get(alias.source);
  if (!anchored) {
    reading.report({ kind: 'syntax', message: `alias ${name} has no anchor before it`, ...spanOf(alias) });
    return null;
  }
  if (!anchored.done) {
    reading.report({ kind: 'aliases', message: `alias ${name} contains itself`, ...spanOf(alias) });
    return null;
  }
  const { value, nodes, height } = anchored.done;
  reading.nodes += nodes;
  reading.aliased += nodes;
  reading.deepest = Math.max(reading.deepest, level + height);
  if (level + height > DEPTH_LIMIT) {
    reading.report(tooDeep(spanOf(alias).start));
    return null;
  }
  if (!reading.isBomb && isBomb(reading)) {
    reading.isBomb = true;
    reading.report({ kind: 'aliases', message: `alias ${name} makes the document too large`, ...spanOf(alias) });
  }
  return reading.isBomb ? null : value;
}

/** The second condition is go-yaml's, for documents of this size. */
function isBomb({ nodes, aliased }: Reading): boolean {
  return aliased > ALIAS_LIMIT || (aliased > 100 && nodes > 1000 && aliased / nodes > 0.99);
}

function readCollection(reading: Reading, node: YAMLMap | YAMLSeq, level: number): Json {
  reading.deepest = Math.max(reading.deepest, level + 1);
  if (node.flow === true) judgeFlow(reading, node);
  judgeCollectionTag(node, { kind: isMap(node) ? 'map' : 'seq', report: reading.report });
  return isMap(node) ? readMap(reading, node, level) : node.items.map((item) => readNode(reading, item, level + 1));
}

/** Between brackets Go takes `?a` for a key, and others for a text. */
function judgeFlow({ report }: Reading, { items }: YAMLMap | YAMLSeq): void {
  for (const node of items.flatMap((item) => (isPair(item) ? [item.key, item.value] : [item]))) {
    if (!isScalar(node) || node.type !== Scalar.PLAIN || !node.source?.startsWith('?')) continue;
    report({ kind: 'syntax', message: 'a text that begins with "?" needs quotes between brackets', ...spanOf(node) });
  }
}

function readMap(reading: Reading, map: YAMLMap, level: number): Members {
  const members: Members = {};
  // Until something is merged in, the map's own keys are those of the result.
  let own: Set<string> | undefined;
  for (const pair of map.items) {
    if (isMergeKey(pair.key)) {
      own ??= new Set(Object.keys(members));
      mergeInto(members, readSources(reading, pair, level));
      continue;
    }
    const key = readMapKey(reading, pair.key as Node | null, level);
    const value = readNode(reading, pair.value, level + 1);
    if (key === undefined) continue;
    if (own ? own.has(key) : Object.hasOwn(members, key)) {
      reading.report({ kind: 'duplicate-key', message: `key "${key}" stands twice`, key, ...spanOf(pair.key as Node | null) });
    }
    own?.add(key);
    members[key] = value;
  }
  return members;
}

function readMapKey(reading: Reading, node: Node | null, level: number): string | undefined {
  const { report } = reading;
  // For its anchor, its count and the complaints about an alias.
  if (!isScalar(node) || node.anchor !== undefined) readNode(reading, node, level + 1);
  else reading.nodes += 1;
  const target = isAlias(node) ? reading.anchors.get(node.source)?.node : node;
  if (target === undefined) return undefined;
  const key = readKey(target, (finding) => report({ ...finding, ...spanOf(node) }));
  if (key !== '__proto__') return key;
  report({ kind: 'forbidden-key', message: `key "${key}" is forbidden`, key, ...spanOf(node) });
  return undefined;
}

/** The maps behind `<<`, in the order in which go-yaml lays them down: the first of a list comes last and wins. */
function readSources(reading: Reading, pair: Pair, level: number): readonly Members[] {
  const value = pair.value as Node | null;
  const nodes = isSeq(value) ? (value.items as Node[]) : [value];
  const sources = nodes.map((node) => {
    const target = isAlias(node) ? reading.anchors.get(node.source)?.node : node;
    const source = readNode(reading, node, isSeq(value) ? level + 1 : level);
    if (isMap(target)) return source as Members | null;
    reading.report({ kind: 'syntax', message: '"<<" takes a map or a list of maps', ...spanOf(node ?? (pair.key as Node)) });
    return null;
  });
  return sources.filter((source) => source !== null).reverse();
}

/** What is merged in replaces what stands before it, as in go-yaml; keys behind it replace it. */
function mergeInto(members: Members, sources: readonly Members[]): void {
  for (const source of sources) Object.assign(members, source);
}
