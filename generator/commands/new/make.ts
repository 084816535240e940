import { lstat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { load } from '../../01-load/load.ts';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { canAsk, createAsker, isInterruption } from '../../io/ask.ts';
import { INTERRUPTED } from '../../io/interrupt.ts';
import { readInput } from '../../io/read-input.ts';
import { writeTree } from '../../io/write-tree.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { InputFiles } from '../../model/intents.ts';
import type { SourceFile } from '../../model/source.ts';
import { type Known, knownIn } from '../../scaffold/known.ts';
import { type Answers, createAnswers } from './answers.ts';
import type { Made, MakeOptions } from './made.ts';
import { tell, type Told } from './tell.ts';
import { tryOut } from './try-out.ts';

export interface Making {
  /** What is made, as in `Cannot make a cluster`. */
  readonly what: string;
  /** Makes files of answers; `undefined` where an answer is missing, which the answers report. */
  readonly answer: (answers: Answers, known: Known) => Promise<Made | undefined>;
}

/** Asks, tries what comes of the answers, and writes it if all is well. Gives the exit code. */
export async function make(options: MakeOptions, { what, answer }: Making): Promise<number> {
  const root = resolve(options.root);
  const input = await readInput(root);
  const missing = input.diagnostics.filter(({ code }) => code === 'missing-folder' || code === 'not-a-fleet');
  if (missing.length > 0) return tell({ diagnostics: missing }, options);
  const answers = createAnswers(what, options.asker ?? (canAsk() && !options.json ? await createAsker() : undefined));
  try {
    const made = await answer(answers, knownIn(load(input.value).value));
    if (!made || answers.problems.length > 0) return await tell({ diagnostics: answers.problems }, options);
    return await tell({ ...(await tryAndWrite(root, made, { ...options, known: input.value })), made }, options);
  } catch (error) {
    if (!isInterruption(error)) throw error;
    process.stderr.write('Nothing was written.\n');
    return INTERRUPTED;
  }
}

async function tryAndWrite(
  root: string,
  made: Made,
  { dryRun, known }: MakeOptions & { readonly known: InputFiles },
): Promise<Pick<Told, 'diagnostics' | 'compared'>> {
  const inTheWay = await obstacles(root, made.files, known);
  if (inTheWay.length > 0) return { diagnostics: inTheWay };
  const { problems, result } = await tryOut(root, made);
  if (problems.length > 0) return { diagnostics: problems };
  const examined = result && made.examine?.(result);
  const found = examined?.problems ?? [];
  const diagnostics = found.length > 0 || dryRun ? found : await writeNew(root, made.files);
  return { diagnostics, ...(examined && { compared: examined.compared }) };
}

/** What stands where a file would be written, or would be the same where case does not count. */
async function obstacles(root: string, files: readonly SourceFile[], known: InputFiles): Promise<readonly Diagnostic[]> {
  const paths = [...known.intents, ...[...known.templates.values()].flat()].flatMap(({ path }) => withFolders(path));
  const spelled = new Map(paths.map((path) => [path.toLowerCase(), path]));
  const found = await Promise.all(
    files.map(async ({ path }) => {
      if (await isThere(join(root, path))) return [path];
      return withFolders(path)
        .flatMap((each) => spelled.get(each.toLowerCase()) ?? each)
        .filter((each) => !withFolders(path).includes(each));
    }),
  );
  return [...new Set(found.flat())].map((path) => diagnose('file-in-the-way', { path }, { reach: RUN }));
}

/** `a`, `a/b`, `a/b/c` of `a/b/c`. */
function withFolders(path: string): readonly string[] {
  const steps = path.split('/');
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** All files or none, none over another. */
export async function writeNew(root: string, files: readonly SourceFile[]): Promise<readonly Diagnostic[]> {
  const encoder = new TextEncoder();
  const changes = files.map(({ path, text }) => ({ path, after: encoder.encode(text) }));
  return (await writeTree(root, changes)).diagnostics;
}
