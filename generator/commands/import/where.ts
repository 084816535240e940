import { relative, resolve, sep } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { findGitRoot } from '../../io/git-root.ts';
import { quote } from '../../lib/describe.ts';
import type { Fault } from '../../scaffold/gitops/source-tree.ts';
import { judgeName } from '../../scaffold/judge.ts';
import type { Answers } from '../new/answers.ts';

export interface Where {
  readonly paths: readonly string[];
  readonly gitRoot: string | undefined;
  readonly project: string | undefined;
}

/** The repository that is read, and the paths in it; `undefined` where an answer is missing or wrong, which is reported. */
export async function placeOf(
  { paths, gitRoot: given, project }: Where,
  { answers, hint }: { readonly answers: Answers; readonly hint: string },
): Promise<{ readonly gitRoot: string; readonly paths: readonly string[] } | undefined> {
  const judged = project === undefined ? undefined : judgeName(63)(project);
  if (judged && project !== undefined) answers.report(wrong('--project', { answer: project, ...judged }));
  const gitRoot = given ?? (await findGitRoot(paths[0] ?? '.'));
  if (gitRoot === undefined) answers.report(diagnose('missing-answer', { what: 'an import', flag: '--git-root', hint }, { reach: RUN }));
  if (gitRoot === undefined) return undefined;
  const inner = paths.map((path) => below(gitRoot, path));
  for (const [index, path] of inner.entries())
    if (path === undefined)
      answers.report(wrong('--git-root', { answer: gitRoot, reason: `${quote(paths[index] ?? '')} does not lie in it` }));
  return answers.problems.length > 0 ? undefined : { gitRoot, paths: inner.flatMap((path) => path ?? []) };
}

export function clusterId(text: string, answers: Answers): string {
  const [provider = '', name = '', ...rest] = text.split(/[/+]/);
  const problem = rest.length > 0 ? { reason: 'it is not <provider>/<name>' } : (judgeName(63)(provider) ?? judgeName(63)(name));
  if (problem)
    answers.report(
      wrong('--cluster', { answer: text, reason: problem.reason, hint: problem.hint ?? 'Give one such as --cluster edge/lisbon' }),
    );
  return `${provider}+${name}`;
}

/** A folder from the top of the repository, with `/`; `undefined` if it lies elsewhere. */
function below(root: string, folder: string): string | undefined {
  const path = relative(resolve(root), resolve(folder)).split(sep).join('/');
  return path === '..' || path.startsWith('../') || path.startsWith('/') ? undefined : path;
}

export function wrong(
  flag: string,
  { answer, reason, hint }: { readonly answer: string; readonly reason: string; readonly hint?: string | undefined },
) {
  return diagnose('bad-answer', { flag, answer: quote(answer), reason, hint }, { reach: RUN });
}

export function bad({ place: { file, line }, reason }: Fault) {
  const place = file === '' ? 'the folder' : line === 1 ? quote(file) : `${quote(file)}, line ${line}`;
  return diagnose('bad-import', { place, reason }, { reach: RUN });
}
