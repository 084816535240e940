import { mkdir, readdir, rmdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { schemas } from '../02-validate/schemas.generated.ts';
import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { isInsideRepository } from '../io/is-inside-repository.ts';
import { explainFailure } from '../io/read-text.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceFile } from '../model/source.ts';
import { repositoryFiles, schemaFiles } from '../scaffold/repository.ts';
import type { MakeOptions } from './new/made.ts';
import { writeNew } from './new/make.ts';
import { tell } from './new/tell.ts';

/** Files that a forge may have put into a new repository. */
const WELCOME = /^(?:\.git|README(?:\.[a-z]+)?|LICEN[CS]E(?:\.[a-z]+)?)$/i;

/** `espalier init`: a new repository in an empty folder. Gives the exit code. */
export async function init(options: MakeOptions): Promise<number> {
  const folder = resolve(options.root);
  const names = await namesIn(folder);
  if (!Array.isArray(names))
    return tell({ diagnostics: [diagnose('cannot-write', { path: options.root, ...names }, { reach: RUN })] }, options);
  const others = names.filter((name) => !WELCOME.test(name)).sort();
  if (others.length > 0) return tell({ diagnostics: [diagnose('folder-not-empty', { names: others }, { reach: RUN })] }, options);
  const files = repositoryFiles({ hasReadme: names.some((name) => /^readme/i.test(name)) });
  const attached = { title: '.schemas/, from which editors complete intents', files: schemaFiles(schemas) };
  const diagnostics = options.dryRun ? [] : await write(folder, [...files, ...attached.files]);
  return tell({ diagnostics, made: { files, attached, next: await steps(folder, options.root) } }, options);
}

/** A folder that is not there yet holds nothing. */
async function namesIn(folder: string): Promise<string[] | { readonly reason: string }> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { isMissing, reason } = explainFailure(error);
    return isMissing ? [] : { reason };
  }
}

async function write(folder: string, files: readonly SourceFile[]): Promise<readonly Diagnostic[]> {
  const isNew = (await mkdir(folder, { recursive: true })) !== undefined;
  const refused = await writeNew(folder, files);
  if (refused.length > 0 && isNew) await rmdir(folder);
  return refused;
}

async function steps(folder: string, given: string): Promise<readonly string[]> {
  return [
    ...(folder === process.cwd() ? [] : [`cd ${/^[\w./+-]+$/.test(given) ? given : JSON.stringify(given)}`]),
    ...((await isInsideRepository(folder)) ? [] : ['git init']),
    'espalier new cluster',
  ];
}
