import { diagnose } from '../diagnostics/diagnose.ts';
import { parseYaml, type YamlProblem } from '../lib/yaml/parse.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { IntentDocument } from '../model/intents.ts';
import type { SourceFile } from '../model/source.ts';

export interface Documents {
  readonly documents: readonly IntentDocument[];
  /** Findings that still lack their reach. */
  readonly problems: readonly ((reach: Reach) => Diagnostic)[];
  /** False if some document could not be read at all. */
  readonly isComplete: boolean;
}

/** The documents of a YAML file, without empty ones, up to the first that is not legible: after a slip of syntax the rest reads as nonsense. */
export function readDocuments({ path, text }: SourceFile): Documents {
  const { documents, problems } = parseYaml(text);
  const lost = problems.filter(({ kind }) => !LEGIBLE.has(kind)).map(({ line }) => line);
  // Without a slip nobody asks for places, which would cost a second reading.
  const end = lost.length === 0 ? documents.length : documents.findLastIndex(({ locate }) => locate([]).line <= Math.min(...lost));
  return {
    documents: documents
      .slice(0, Math.max(0, end))
      .filter(({ value }) => value !== null)
      .map(({ value, locate }) => ({ value, file: path, at: (part, side) => ({ file: path, ...locate(part, side) }) })),
    problems: withoutEchoes(problems, text).map((problem) => (reach) => toDiagnostic(problem, { path, reach })),
    isComplete: lost.length === 0,
  };
}

/** Of a document's slips of syntax, the first: the others are what the parser makes of it. */
function withoutEchoes(problems: readonly YamlProblem[], text: string): readonly YamlProblem[] {
  const slips = problems.filter(({ kind }) => kind === 'syntax').sort((a, b) => a.line - b.line || a.column - b.column);
  if (slips.length < 2) return problems;
  const lines = text.split(/\r\n|\n|\r/);
  const echoes = new Set<YamlProblem>();
  let line = slips[0]?.line ?? 1;
  for (const slip of slips.slice(1)) {
    const isNextDocument = lines.slice(line, slip.line).some((written) => /^---(?:\s|$)/.test(written));
    if (!isNextDocument) echoes.add(slip);
    line = slip.line;
  }
  return problems.filter((problem) => !echoes.has(problem));
}

/** Problems that leave their document legible. */
const LEGIBLE: ReadonlySet<YamlProblem['kind']> = new Set(['duplicate-key', 'forbidden-key', 'tag']);

function toDiagnostic(problem: YamlProblem, { path, reach }: { readonly path: SourceFile['path']; readonly reach: Reach }): Diagnostic {
  const { kind, message: reason, key = '', line, column, length } = problem;
  const where = { source: { file: path, line, column, length }, reach };
  switch (kind) {
    case 'syntax':
      return diagnose('not-yaml', { reason }, where);
    case 'duplicate-key':
      return diagnose('duplicate-key', { key }, where);
    case 'aliases':
      return diagnose('alias-bomb', { reason }, where);
    case 'depth':
      return diagnose('too-deep', { reason }, where);
    case 'forbidden-key':
      return diagnose('forbidden-key', { key }, where);
    case 'tag':
      return diagnose('unknown-tag', { reason }, where);
    default:
      return kind satisfies never;
  }
}
