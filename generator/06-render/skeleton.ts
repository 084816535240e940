import { diagnose } from '../diagnostics/diagnose.ts';
import { sha256 } from '../lib/hash.ts';
import { compareText } from '../lib/order.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import type { Json, JsonObject, JsonPath } from '../model/json.ts';
import type { Patch } from '../model/render.ts';
import type { Source } from '../model/source.ts';
import type { Position, TokenPlace } from './binding.ts';
import { checkBudget } from './budget.ts';
import { type Facts, jsonPatchPosition, kustomizationPosition, resourcePosition } from './early-positions.ts';
import { type PackageFacts, packageFacts, type PatchUse, patchUse, withPatches } from './facts.ts';
import type { Finding } from './finding.ts';
import { field, isInline, isKustomization, isYamlName, itemsOf, readKustomization } from './kustomization-files.ts';
import { offsetOf } from './offset-of.ts';
import type { SplicedScalar } from './splice.ts';
import { scanTokens, type TokenScalar } from './token-scalars.ts';
import type { Emission } from './tokenise.ts';
import { type Parts, splitTokens } from './tokens.ts';

/** One file of a package after templating, with tokens for values. */
export interface TokenFile {
  readonly text: string;
  /** Given where the text is YAML and has tokens. */
  readonly scalars?: readonly SplicedScalar[];
  /** Given where the text is not YAML and has tokens. */
  readonly parts?: Parts;
}

/** What a package comes to for all values that give one structure. */
export interface Skeleton {
  readonly key: string;
  readonly prefix: string;
  readonly files: ReadonlyMap<string, TokenFile>;
  readonly kustomizations: ReadonlyMap<string, JsonObject>;
  /** By token; none for those that vanish in comments. */
  placesFor(patches: readonly Patch[]): ReadonlyMap<number, TokenPlace>;
  readonly findings: readonly Finding[];
}

export interface SkeletonRequest {
  readonly template: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly prefix: string;
  readonly emissions: readonly Emission[];
  /** Where a character of a file was written. */
  readonly trace: (name: string, offset: number) => Source;
}

/** Reads the tokenised texts: finds every token's scalar, or says why a token has none. */
export function toSkeleton({ template, texts, prefix, emissions, trace }: SkeletonRequest): Skeleton {
  const findings: Finding[] = [...checkBudget({ template, texts: [...texts].filter(([name]) => isYamlName(name)), trace })];
  const files = new Map<string, TokenFile>();
  for (const [name, text] of texts) files.set(name, readFile(name, text, { prefix, emissions, trace, findings }));
  const kustomizations = new Map<string, JsonObject>();
  for (const [name, text] of texts) {
    const read = isKustomization(name) ? readKustomization(text) : undefined;
    if (read) kustomizations.set(name, read.value);
  }
  const facts = packageFacts(kustomizations, { texts: yamlTexts(texts), prefix });
  const memo = new Map<string, ReadonlyMap<number, TokenPlace>>();
  let unpatched: ReadonlyMap<number, TokenPlace> | undefined;
  return {
    key: sha256([...texts].map(([name, text]) => `${name.length}:${name}${text.length}:${text}`).join('')),
    prefix,
    files,
    kustomizations,
    findings,
    placesFor(patches) {
      if (patches.length === 0) return (unpatched ??= tokenPlaces({ files, kustomizations, facts, prefix }));
      const own = withPatches(facts, patches);
      const key = JSON.stringify([own.isAllEarly, own.hasSelectors, ...[...own.replacedKeys].sort(compareText)]);
      const known = memo.get(key) ?? tokenPlaces({ files, kustomizations, facts: own, prefix });
      memo.set(key, known);
      return known;
    },
  };
}

function yamlTexts(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...texts].filter(([name]) => isYamlName(name)));
}

interface Reading extends Pick<SkeletonRequest, 'prefix' | 'emissions' | 'trace'> {
  readonly findings: Finding[];
}

function readFile(name: string, text: string, reading: Reading): TokenFile {
  const { prefix } = reading;
  if (!text.includes(prefix)) return { text };
  if (!isYamlName(name)) return { text, parts: splitTokens(text, prefix) };
  const { problems } = parseYaml(text);
  // A text that nests too deep must not be walked.
  const scan = problems.some(({ kind }) => kind === 'depth') ? undefined : scanTokens(text, prefix);
  for (const { token, where } of scan?.misplaced ?? []) misplaced(token, { where, reading });
  if (scan?.misplaced.length === 0 || !scan) {
    for (const problem of problems) {
      const offset = offsetOf(text, problem);
      badYaml(name, { reason: plain(problem.message, reading), source: () => reading.trace(name, offset), reading });
    }
  }
  const scalars = problems.length > 0 ? [] : (scan?.scalars ?? []);
  return { text, scalars: isKustomization(name) ? scalars.map((scalar) => withInner(name, scalar, reading)) : scalars };
}

function withInner(name: string, scalar: TokenScalar, reading: Reading): SplicedScalar {
  if (!isInlinePatch(scalar.path, scalar.text)) return scalar;
  const token = scalar.parts.find((part) => typeof part === 'number');
  const source = (): Source => reading.emissions[token ?? -1]?.mustache.source ?? reading.trace(name, scalar.start);
  const { problems } = parseYaml(scalar.text);
  for (const problem of problems) badYaml(name, { reason: `in an inline patch, ${plain(problem.message, reading)}`, source, reading });
  if (problems.length > 0) return scalar;
  const inner = scanTokens(scalar.text, reading.prefix);
  for (const found of inner.misplaced) misplaced(found.token, { where: found.where, reading });
  return { ...scalar, inner: inner.scalars };
}

function isInlinePatch([list, , key]: JsonPath, text: string): boolean {
  return ((list === 'patches' || list === 'patchesJson6902') && key === 'patch') || (list === 'patchesStrategicMerge' && isInline(text));
}

/** Messages of the parser may quote the text: they show mustaches as written. */
function plain(message: string, { prefix, emissions }: Reading): string {
  return splitTokens(message, prefix)
    .map((part) => (typeof part === 'string' ? part : `{{${emissions[part]?.mustache.text ?? ''}}}`))
    .join('');
}

function misplaced(token: number, { where, reading }: { readonly where: string; readonly reading: Reading }): void {
  const mustache = reading.emissions[token]?.mustache;
  if (!mustache) return;
  const value = mustache.text;
  const { source } = mustache;
  reading.findings.push({ scope: 'render', source, toDiagnostic: (at) => diagnose('token-outside-scalar', { value, where }, at) });
}

function badYaml(
  name: string,
  { reason, source, reading }: { readonly reason: string; readonly source: () => Source; readonly reading: Reading },
): void {
  reading.findings.push({
    scope: 'render',
    source: source(),
    toDiagnostic: (at) => diagnose('bad-template-yaml', { file: name, reason }, at),
  });
}

interface Placing {
  readonly files: ReadonlyMap<string, TokenFile>;
  readonly kustomizations: ReadonlyMap<string, JsonObject>;
  readonly facts: PackageFacts;
  readonly prefix: string;
}

function tokenPlaces({ files, kustomizations, facts, prefix }: Placing): ReadonlyMap<number, TokenPlace> {
  const places = new Map<number, TokenPlace>();
  for (const [name, file] of files) {
    for (const part of file.parts ?? []) if (typeof part === 'number') places.set(part, { position: 'early', style: 'part' });
    if (!file.scalars) continue;
    const positionOf = positionsIn(name, { file, kustomization: kustomizations.get(name), facts, prefix });
    for (const scalar of file.scalars) {
      for (const [leaf, position] of positionOf(scalar)) {
        const only = leaf.parts.length === 1;
        for (const part of leaf.parts) {
          if (typeof part === 'number') places.set(part, { position, style: only ? leaf.style : 'part' });
        }
      }
    }
  }
  return places;
}

type Positions = (scalar: SplicedScalar) => readonly (readonly [TokenScalar, Position])[];

interface FileFacts {
  readonly file: TokenFile;
  readonly kustomization: JsonObject | undefined;
  readonly facts: PackageFacts;
  readonly prefix: string;
}

function positionsIn(name: string, { file, kustomization, facts, prefix }: FileFacts): Positions {
  if (isKustomization(name)) {
    return (scalar) => {
      if (!scalar.inner) return [[scalar, scalar.isAnchored ? 'early' : kustomizationPosition(scalar.path, facts)]];
      const [list, index] = scalar.path;
      const use = patchUse(itemsOf(field(kustomization, String(list)))[Number(index)]);
      const position = patchPositions(scalar.text, { use, facts, prefix });
      return scalar.inner.map((inner) => [inner, scalar.isAnchored ? 'early' : position(inner)] as const);
    };
  }
  if (facts.contents.has(name)) return (scalar) => [[scalar, 'early']];
  const position = patchPositions(file.text, { use: facts.patchFiles.get(name), facts, prefix });
  return (scalar) => [[scalar, position(scalar)]];
}

/** Positions in resources and patches, for which the documents themselves must be known: their kinds, and the paths of JSON patches. */
function patchPositions(
  text: string,
  { use, facts, prefix }: { readonly use: PatchUse | undefined; readonly facts: Facts; readonly prefix: string },
): (scalar: TokenScalar) => Position {
  const documents = parseYaml(text).documents.map(({ value }) => value);
  return ({ document, path, isAnchored }) => {
    const value = documents[document];
    if (isAnchored || touchesGenerated(value, { use, facts, prefix })) return 'early';
    if (!Array.isArray(value)) {
      // Where a patch sets what the resource has, kustomize keeps the style of the resource: a number may become a string.
      const position = resourcePosition(path, facts);
      return use && position === 'late' ? 'text' : position;
    }
    const operation = (value as readonly Json[])[Number(path[0])];
    const op = field(operation, 'op');
    const pointer = field(operation, 'path');
    const isKnown = typeof pointer === 'string' && !pointer.includes(prefix) && typeof op === 'string' && !op.includes(prefix);
    return jsonPatchPosition(path, { pointer: isKnown ? pointer : undefined, facts });
  };
}

/** Whether the document may end up in a ConfigMap or Secret whose name carries a hash of its contents. */
function touchesGenerated(
  value: Json | undefined,
  { use, facts, prefix }: { readonly use: PatchUse | undefined; readonly facts: Facts; readonly prefix: string },
): boolean {
  if (!(use ? facts.hasGenerators : facts.mergesGenerated)) return false;
  const kind = use?.hasTarget === true ? use.kind : field(value, 'kind');
  return typeof kind !== 'string' || !/^\w+$/.test(kind) || kind.includes(prefix) || ['ConfigMap', 'Secret', 'List'].includes(kind);
}
