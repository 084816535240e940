import { compareFiles } from '../../generator/09-plan/compare-files.ts';
import { fieldName } from '../../generator/commands/preview/show-fields.ts';

/**
 * What an upgrade does to one place: a file that is new (`+`) or gone (`-`), or a field of one that stays (`~`). Where a file holds other
 * objects than before, or differs in layout only, the field is `(objects)` or `(text)`.
 */
export interface Difference {
  readonly sign: '+' | '-' | '~';
  readonly path: string;
  readonly field?: string;
}

/** A line of a `changed-output` list: a difference in which `*` stands for anything within a part of the path or within the field, `**` for any path. */
export interface Announced extends Difference {
  readonly line: string;
}

export interface Judgement {
  readonly unannounced: readonly string[];
  /** Lines that nothing answers to. */
  readonly idle: readonly string[];
}

/** All differences between two trees, by path. */
export function findDifferences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly Difference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path): readonly Difference[] => {
    const [one, other] = [before.get(path), after.get(path)];
    if (one === other) return [];
    if (one === undefined) return [{ sign: '+', path }];
    if (other === undefined) return [{ sign: '-', path }];
    return changedFields(one, other).map((field) => ({ sign: '~', path, field }));
  });
}

function changedFields(before: string, after: string): readonly string[] {
  const compared = compareFiles(before, after);
  if (compared.kind === 'text') return ['(text)'];
  const fields = compared.objects.flatMap((change) =>
    change.action === 'update' ? change.fields.map(({ path }) => fieldName(path)) : ['(objects)'],
  );
  return [...new Set(fields)];
}

/** Reads the lists of a changelog's section: fenced blocks marked `changed-output`, one difference a line, an explanation behind `#`. */
export function readAnnounced(section: string): readonly Announced[] {
  const blocks = [...section.matchAll(/^ *```changed-output\n([\s\S]*?)^ *```$/gm)].map((match) => match[1] ?? '');
  const lines = blocks.flatMap((block) => block.split('\n')).map((line) => line.trim());
  return lines.filter((line) => line !== '').map(readLine);
}

function readLine(line: string): Announced {
  const [, sign, path = '', field] = /^([-+~]) (\S+)(?: (\S.*?))?(?:\s+#.*)?$/.exec(line) ?? [];
  if (sign === '~' && field !== undefined) return { sign, path, field, line };
  if ((sign === '+' || sign === '-') && field === undefined) return { sign, path, line };
  throw new Error(`CHANGELOG.md: "${line}" is none of "+ path", "- path" and "~ path field"`);
}

/** Lines for the differences that none names, and the lines that name none. */
export function judge(differences: readonly Difference[], announced: readonly Announced[]): Judgement {
  const isNamedBy = (difference: Difference, { sign, path, field }: Announced): boolean =>
    difference.sign === sign &&
    pattern(path, '[^/]*').test(difference.path) &&
    (field === undefined || pattern(field, '.*').test(difference.field ?? ''));
  const unannounced = differences.filter((difference) => !announced.some((line) => isNamedBy(difference, line)));
  const idle = announced.filter((line) => !differences.some((difference) => isNamedBy(difference, line)));
  return { unannounced: [...new Set(unannounced.map(toLine))], idle: idle.map(({ line }) => line) };
}

/** The line that announces a difference, for all clusters and contexts. */
function toLine({ sign, path, field }: Difference): string {
  const everywhere = path.replace(/^(clusters\/)[^/]+\+[^/]+\//, '$1*/').replace(/\/\d{12,}(?=[-/])/g, '/*');
  return `${sign} ${everywhere}${field === undefined ? '' : ` ${field}`}`;
}

function pattern(glob: string, star: string): RegExp {
  const parts = glob
    .split(/(\*\*?)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? star : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 's');
}
