import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { Source } from '../model/source.ts';
import type { Finding, Where } from './finding.ts';
import { field, itemsOf } from './kustomization-files.ts';
import { offsetOf } from './offset-of.ts';

/** Objects of one package. Kustomize looks each up among all others: 1,000 take seconds, 4,000 a minute and more. */
const MOST_OBJECTS = 1000;

/** Keys of one mapping, which kustomize compares with each other: 5,000 take a second, 50,000 a minute. */
const MOST_KEYS = 5000;

/** Texts that are shorter in all, and without aliases, cannot hold what costs much. */
const HARMLESS = 32 * 1024;

export interface BudgetRequest {
  readonly template: string;
  /** Names and contents of its YAML files. */
  readonly texts: readonly (readonly [string, string])[];
  readonly trace: (name: string, offset: number) => Source;
}

/**
 * What a package's YAML files would cost the engine, found before it is asked: it cannot be interrupted but by ending its worker, and a
 * pull request must not buy a minute of it with a few lines.
 */
export function checkBudget({ template, texts, trace }: BudgetRequest): readonly Finding[] {
  const size = texts.reduce((sum, [, text]) => sum + text.length, 0);
  if (size < HARMLESS && !texts.some(([, text]) => text.includes('*') && text.includes('&'))) return [];
  const findings: Finding[] = [];
  const report = (source: Source, toDiagnostic: (where: Where) => Diagnostic): void => {
    findings.push({ scope: 'render', source, toDiagnostic });
  };
  let objects = 0;
  for (const [name, text] of texts) {
    const { documents, problems } = parseYaml(text);
    const costly = problems.find(({ kind }) => kind === 'aliases' || kind === 'depth');
    if (costly) {
      const code = costly.kind === 'depth' ? 'too-deep' : 'alias-bomb';
      report(trace(name, offsetOf(text, costly)), (where) => diagnose(code, { reason: costly.message }, where));
      continue;
    }
    const keys = documents.reduce((most, { value }) => Math.max(most, mostKeys(value)), 0);
    if (keys > MOST_KEYS) report(trace(name, 0), (where) => diagnose('too-many-keys', { file: name, keys, most: MOST_KEYS }, where));
    const before = objects;
    objects += documents.reduce((sum, { value }) => sum + objectsIn(value), 0);
    if (objects <= MOST_OBJECTS || before > MOST_OBJECTS) continue;
    report(trace(name, 0), (where) => diagnose('too-many-objects', { template, most: MOST_OBJECTS }, where));
  }
  return findings;
}

function objectsIn(value: Json): number {
  if (value === null) return 0;
  const kind = field(value, 'kind');
  return typeof kind === 'string' && kind.endsWith('List') ? Math.max(1, itemsOf(field(value, 'items')).length) : 1;
}

/** The parser has limited depth and aliases. */
function mostKeys(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members: readonly Json[] = isJsonObject(value) ? Object.values(value) : value;
  const own = isJsonObject(value) ? members.length : 0;
  return members.reduce<number>((most, member) => Math.max(most, mostKeys(member)), own);
}
