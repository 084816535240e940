import { appFiles } from '../../scaffold/app.ts';
import { judgeImage } from '../../scaffold/image.ts';
import { type Judge, judgeName, judgeText } from '../../scaffold/judge.ts';
import type { Known } from '../../scaffold/known.ts';
import { trialFiles } from '../../scaffold/trial.ts';
import type { Answers } from './answers.ts';
import type { Made, MakeOptions } from './made.ts';
import { make } from './make.ts';
import { nextSteps } from './next-steps.ts';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';

export interface AppFlags {
  readonly name: string | undefined;
  readonly description?: string;
  readonly image?: string;
  readonly port?: string;
}

/** `espalier new app`. */
export async function newApp(flags: AppFlags, options: MakeOptions): Promise<number> {
  return make(options, { what: 'an app', answer: async (answers, known) => ask(answers, { known, flags }) });
}

async function ask(answers: Answers, { known, flags }: { readonly known: Known; readonly flags: AppFlags }): Promise<Made | undefined> {
  const name = await answers.text({
    flag: '<name>',
    message: 'Name of the app:',
    given: flags.name,
    judge: judgeAppName,
    hint: 'Give a name: espalier new app <name>',
  });
  if (name !== undefined && known.templates.has(name)) answers.report(diagnose('name-taken', { what: 'app', name }, { reach: RUN }));
  const description = await answers.text({
    flag: '--description',
    message: 'What it is, in a sentence:',
    given: flags.description,
    fallback: `The app ${name ?? ''}.`,
    judge: judgeDescription,
  });
  const image = await answers.text({
    flag: '--image',
    message: 'Image:',
    given: flags.image,
    judge: judgeImage,
    hint: 'Give an image such as --image ghcr.io/example/web:1.4.0, or manifests with --from <folder>',
  });
  const port = await answers.text({
    flag: '--port',
    message: 'Port that it listens on:',
    given: flags.port,
    fallback: '8080',
    judge: judgePort,
  });
  if (name === undefined || description === undefined || image === undefined || port === undefined) return undefined;
  return { files: appFiles({ name, description, image, port: Number(port) }), next: nextSteps(known, 'app'), trial: trialFiles(name) };
}

/** A template's name is a folder's and its Service's: those begin with a letter. */
const judgeAppName: Judge = (text) =>
  judgeName(43)(text) ??
  (/^[a-z]/.test(text) ? undefined : { reason: 'the name of a Service begins with a letter', hint: `Did you mean "app-${text}"?` });

const judgeDescription: Judge = (text) => (text.trim() === '' ? { reason: 'a sentence is needed' } : judgeText(text));

const judgePort: Judge = (text) =>
  /^[1-9][0-9]{0,4}$/.test(text) && Number(text) < 65536 ? undefined : { reason: 'a port is a number from 1 to 65535' };
