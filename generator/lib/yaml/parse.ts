import type { Json, JsonPath } from '../../model/json.ts';
import { composeYaml, FINDING_LIMIT } from './compose.ts';
import { locateIn } from './locate.ts';
import { type Finding, type Place, placesIn, type YamlProblem } from './problem.ts';
import { toJson } from './to-json.ts';

export type { YamlProblem } from './problem.ts';

/** One document of a YAML text. */
export interface YamlDocument {
  /** What sigs.k8s.io/yaml makes of it. Where there are problems: what could still be made. */
  readonly value: Json;
  /** The place of a part; for a path that does not exist, of its nearest existing ancestor. */
  readonly locate: (path: JsonPath, part?: 'key' | 'value') => Place;
}

/** A text's documents, empty ones included as null, and what is wrong with them, in the order of the text: up to 100 problems. */
export interface ParsedYaml {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
}

/**
 * Reads YAML the way Kubernetes does: scalars mean what Go's sigs.k8s.io/yaml takes them for. Stricter than that library in what it
 * leaves open: duplicate keys, unknown tags, a key `__proto__`, more than 100 levels and characters that YAML 1.1 and 1.2 read
 * differently are problems.
 *
 * Places cost nothing until somebody asks: only the text is kept, and read again on the first `locate`.
 */
export function parseYaml(text: string): ParsedYaml {
  const { documents, findings } = composeYaml(text);
  const read = documents.map(({ contents }) => toJson(contents));
  const placeOf = placesIn(text);
  let composed: typeof documents | undefined;
  const locate = (index: number, path: JsonPath, part: 'key' | 'value'): Place => {
    composed ??= composeYaml(text).documents;
    const document = composed[index];
    if (!document) throw new Error(`document ${index} is gone on second reading`);
    const { start, end } = locateIn(document, { path, part });
    return placeOf(start, end);
  };
  return {
    documents: read.map(({ value }, index) => ({ value, locate: (path, part = 'value') => locate(index, path, part) })),
    problems: [...findings, ...read.flatMap((document) => document.findings)]
      .sort((a, b) => a.start - b.start)
      .slice(0, FINDING_LIMIT)
      .map((finding) => toProblem(finding, placeOf)),
  };
}

function toProblem({ kind, message, key, start, end }: Finding, placeOf: ReturnType<typeof placesIn>): YamlProblem {
  return { kind, message, ...(key !== undefined && { key }), ...placeOf(start, end) };
}
