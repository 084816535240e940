import { resolve } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { createFolderReader } from '../../io/folder-reader.ts';
import type { SourceFile } from '../../model/source.ts';
import { appFiles } from '../../scaffold/app.ts';
import { judgeImage } from '../../scaffold/image.ts';
import type { Candidate } from '../../scaffold/import/candidates.ts';
import { findApp } from '../../scaffold/import/package.ts';
import { type Judge, judgeKnown, judgeName, judgeText } from '../../scaffold/judge.ts';
import type { Known } from '../../scaffold/known.ts';
import { trialFiles } from '../../scaffold/trial.ts';
import type { Answers } from './answers.ts';
import type { Made, MakeOptions } from './made.ts';
import { make } from './make.ts';
import { nextSteps } from './next-steps.ts';

export interface AppFlags {
  readonly name: string | undefined;
  readonly description?: string;
  readonly image?: string;
  readonly port?: string;
  readonly from?: string;
  readonly entry?: string;
  /** Names of values, `tag`, `replicas` or `host` for all of a kind, or `all`. */
  readonly value: readonly string[];
}

interface Asked {
  readonly known: Known;
  readonly flags: AppFlags;
}

interface Named {
  readonly name: string;
  readonly description: string;
}

/** `espalier new app`. */
export async function newApp(flags: AppFlags, options: MakeOptions): Promise<number> {
  return make(options, { what: 'an app', answer: async (answers, known) => ask(answers, { known, flags }) });
}

async function ask(answers: Answers, { known, flags }: Asked): Promise<Made | undefined> {
  const hint = 'Give a name: espalier new app <name>';
  const name = await answers.text({ flag: '<name>', message: 'Name of the app:', given: flags.name, judge: judgeAppName, hint });
  if (name !== undefined && known.templates.has(name)) answers.report(diagnose('name-taken', { what: 'app', name }, { reach: RUN }));
  const message = 'What it is, in a sentence:';
  const fallback = `The app ${name ?? ''}.`;
  const description = await answers.text({ flag: '--description', message, given: flags.description, fallback, judge: judgeDescription });
  const from = await askFrom(answers, flags);
  // Files need a name; without one only what else is missing is asked for.
  const named = { name: name ?? 'app', description: description ?? fallback };
  const made = from === undefined ? await fromImage(answers, { flags, named }) : await fromFolder(answers, { flags, named, from });
  if (!made || name === undefined || description === undefined) return undefined;
  return { ...made, next: nextSteps(known, 'app'), trial: trialFiles(name) };
}

async function askFrom(answers: Answers, { from, image, port, value, entry }: AppFlags): Promise<string | undefined> {
  if (from !== undefined) {
    for (const [flag, given] of [
      ['--image', image],
      ['--port', port],
    ] as const)
      if (given !== undefined) answers.report(unfit(flag, given, 'the manifests of --from say it'));
    return from;
  }
  if (entry !== undefined) answers.report(unfit('--entry', entry, 'it needs --from'));
  if (value[0] !== undefined) answers.report(unfit('--value', value[0], 'it needs --from'));
  if (image !== undefined || !answers.asker) return undefined;
  const choices = [
    { value: 'folder', label: 'manifests or a kustomization that I have' },
    { value: 'image', label: 'an image: a Deployment and a Service to begin with' },
  ];
  if ((await answers.asker.choice({ message: 'What does it start from?', choices })) === 'image') return undefined;
  return answers.asker.text({ message: 'Folder:', complain: (text) => (text === '' ? 'a folder is needed' : undefined) });
}

function unfit(flag: string, given: string, reason: string) {
  return diagnose('bad-answer', { flag, answer: JSON.stringify(given), reason, hint: 'Leave one of them out' }, { reach: RUN });
}

type Package = Pick<Made, 'files' | 'notes'>;

async function fromImage(
  answers: Answers,
  { flags, named }: { readonly flags: AppFlags; readonly named: Named },
): Promise<Package | undefined> {
  const hint = 'Give an image such as --image ghcr.io/example/web:1.4.0, or manifests with --from <folder>';
  const image = await answers.text({ flag: '--image', message: 'Image:', given: flags.image, judge: judgeImage, hint });
  const port = await answers.text({
    flag: '--port',
    message: 'Port that it listens on:',
    given: flags.port,
    fallback: '8080',
    judge: judgePort,
  });
  if (image === undefined || port === undefined) return undefined;
  return { files: appFiles({ ...named, image, port: Number(port) }) };
}

interface FromFolder {
  readonly flags: AppFlags;
  readonly named: Named;
  readonly from: string;
}

async function fromFolder(answers: Answers, { flags, named, from }: FromFolder): Promise<Package | undefined> {
  const found = await findApp({ folder: createFolderReader(resolve(from)), from, entry: flags.entry?.replace(/^(?:\.\/)+|\/+$/g, '') });
  for (const problem of found.problems) answers.report(problem);
  if (found.problems.length > 0) return undefined;
  const values = await askValues(answers, { candidates: found.candidates, given: flags.value });
  const files: readonly SourceFile[] = found.files({ ...named, values });
  const others = found.candidates.filter((candidate) => !values.includes(candidate)).map(({ name }) => `--value ${name}`);
  const offer = others.length === 0 || answers.asker ? [] : [`there could be values: ${others.join(' ')}`];
  return { files, notes: [...found.notes, ...offer] };
}

async function askValues(
  answers: Answers,
  { candidates, given }: { readonly candidates: readonly Candidate[]; readonly given: readonly string[] },
): Promise<readonly Candidate[]> {
  const names = candidates.map(({ name }) => name);
  const judge = judgeKnown([...new Set([...names, ...candidates.map(({ kind }) => kind)]), 'all'], {
    what: 'image tag, number of replicas or ingress host',
    making: '',
  });
  if (given.length === 0 && answers.asker && names.length > 0) {
    const choices = candidates.map(({ name, label }) => ({ value: name, label }));
    const chosen = await answers.asker.several({
      message: 'What shall be a value, so that deployments can change it?',
      choices,
      chosen: true,
    });
    return candidates.filter(({ name }) => chosen.includes(name));
  }
  const chosen = await answers.list({ flag: '--value', message: '', given, isAsked: false, judge });
  return candidates.filter(({ name, kind }) => [name, kind, 'all'].some((each) => chosen.includes(each)));
}

/** A template's name is a folder's and its Service's: those begin with a letter. */
const judgeAppName: Judge = (text) =>
  judgeName(43)(text) ??
  (/^[a-z]/.test(text) ? undefined : { reason: 'the name of a Service begins with a letter', hint: `Did you mean "app-${text}"?` });

const judgeDescription: Judge = (text) => (text.trim() === '' ? { reason: 'a sentence is needed' } : judgeText(text));

const judgePort: Judge = (text) =>
  /^[1-9][0-9]{0,4}$/.test(text) && Number(text) < 65536 ? undefined : { reason: 'a port is a number from 1 to 65535' };
