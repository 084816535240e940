import type { Json, JsonObject } from '../../model/json.ts';
import { type AppAnswers, deploymentFile, requiredOf } from '../../scaffold/deployment.ts';
import { type Judge, judgeKnown, judgeName, judgeText, splitPair } from '../../scaffold/judge.ts';
import { type Known, showName } from '../../scaffold/known.ts';
import { setValue } from '../../scaffold/set-value.ts';
import type { Answers } from './answers.ts';
import { askSelectors, type SelectorFlags } from './ask-selectors.ts';
import type { Made, MakeOptions } from './made.ts';
import { make } from './make.ts';
import { nameTaken } from './name-taken.ts';
import { nextSteps } from './next-steps.ts';

export interface DeploymentFlags extends SelectorFlags {
  readonly name: string | undefined;
  readonly cloud?: string;
  readonly app: readonly string[];
  readonly deploymentVersion?: string;
  readonly value: readonly string[];
}

interface Asked {
  readonly known: Known;
  readonly flags: DeploymentFlags;
}

/** `espalier new deployment`. */
export async function newDeployment(flags: DeploymentFlags, options: MakeOptions): Promise<number> {
  return make(options, { what: 'a deployment', answer: async (answers, known) => ask(answers, { known, flags }) });
}

async function ask(answers: Answers, asked: Asked): Promise<Made | undefined> {
  const { known, flags } = asked;
  const name = await answers.text({
    flag: '<name>',
    message: 'Name of the deployment:',
    given: flags.name,
    judge: judgeName(),
    hint: 'Give a name: espalier new deployment <name>',
  });
  const cloud = await askCloud(answers, asked);
  const apps = await askApps(answers, asked);
  const clusters = await askSelectors(answers, { known, flags, message: 'Where do the apps run?' });
  if (clusters === undefined || clusters.length === 0)
    await answers.text({
      flag: '--cluster, --label, --provider or --everywhere',
      message: '',
      given: undefined,
      judge: () => undefined,
      hint: 'Say where the apps run, such as --label env=production',
    });
  const version = await answers.text({
    flag: '--deployment-version',
    message: '',
    given: flags.deploymentVersion ?? '1.0.0',
    judge: judgeVersion,
  });
  const taken = known.deployments.find((one) => one.scope === cloud?.scope && one.name === name);
  if (taken) answers.report(nameTaken('deployment', { ...taken, separator: '/' }));
  if (name === undefined || !cloud || apps.length === 0 || clusters === undefined || version === undefined) return undefined;
  const placement = clusters === 'all' ? [{}] : clusters;
  return {
    files: [deploymentFile({ namespace: cloud.scope, name, version, cloud: cloud.name, apps, clusters: placement })],
    next: nextSteps(known, 'deployment'),
  };
}

async function askCloud(answers: Answers, { known, flags }: Asked): Promise<Known['clouds'][number] | undefined> {
  const byText = new Map([
    ...known.clouds.map((one) => [one.name, one] as const),
    ...known.clouds.map((one) => [showName(one, '/'), one] as const),
  ]);
  const isShared = (text: string): boolean => known.clouds.filter(({ name }) => name === text).length > 1;
  const judge: Judge = (text) =>
    isShared(text)
      ? {
          reason: 'several projects have a logical cloud of that name',
          hint: `Name one of these: ${known.clouds
            .filter((one) => one.name === text)
            .map((one) => showName(one, '/'))
            .join(', ')}`,
        }
      : judgeKnown([...byText.keys()], { what: 'logical cloud', making: 'Make one: espalier new cloud' })(text);
  const cloud = await answers.choice({
    flag: '--cloud',
    message: 'Which logical cloud?',
    given: flags.cloud,
    choices: known.clouds.map((one) => ({ value: showName(one, '/') })),
    judge,
    hint:
      known.clouds.length === 0
        ? 'Make a logical cloud first: espalier new cloud'
        : `Name one with --cloud: ${known.clouds.map((one) => showName(one, '/')).join(', ')}`,
  });
  return cloud === undefined ? undefined : byText.get(cloud);
}

async function askApps(answers: Answers, { known, flags }: Asked): Promise<readonly AppAnswers[]> {
  const names = [...known.templates.keys()];
  const given =
    flags.app.length > 0 || !answers.asker || names.length === 0
      ? flags.app
      : await answers.asker.several({ message: 'Which apps?', choices: names.map((value) => ({ value })), chosen: names.length === 1 });
  if (given.length === 0) {
    const hint =
      names.length === 0 ? 'Make an app first: espalier new app' : `Name a template with --app: ${names.slice(0, 12).join(', ')}`;
    await answers.text({
      flag: '--app',
      message: 'App template:',
      given: undefined,
      judge: judgeKnown(names, { what: 'template', making: 'Make one: espalier new app' }),
      hint,
    });
    return [];
  }
  const accepted = await answers.list({ flag: '--app', message: '', given, isAsked: false, judge: judgeApp(names) });
  const apps = accepted.map((text) => {
    const [name, template = name] = splitPair(text);
    return { name, template, schema: known.templates.get(template) };
  });
  const values = await askValues(answers, { apps, flags });
  return apps.map((app) => ({ ...app, values: values.get(app.name) ?? {} }));
}

/** `template`, or `name=template`. */
function judgeApp(templates: readonly string[]): Judge {
  return (text) => {
    const [name, template = name] = splitPair(text);
    return judgeKnown(templates, { what: 'template', making: 'Make one: espalier new app' })(template) ?? judgeName(43)(name);
  };
}

interface AskedValues {
  readonly apps: readonly { readonly name: string; readonly schema: Json | undefined }[];
  readonly flags: DeploymentFlags;
}

/** Values by app: what flags give, and what templates require. */
async function askValues(answers: Answers, { apps, flags }: AskedValues): Promise<ReadonlyMap<string, JsonObject>> {
  const values = new Map<string, JsonObject>();
  const judge: Judge = (text) => judgeValue(text, apps);
  for (const text of await answers.list({ flag: '--value', message: '', given: flags.value, isAsked: false, judge })) {
    const { app, path, value } = splitValue(text, apps);
    values.set(app, setValue(values.get(app) ?? {}, { path, text: value, schema: apps.find(({ name }) => name === app)?.schema }));
  }
  for (const { name, schema } of apps) {
    for (const required of requiredOf(schema).filter((key) => !Object.hasOwn(values.get(name) ?? {}, key))) {
      const prefix = apps.length > 1 ? `${name}:` : '';
      const value = await answers.text({
        flag: `--value ${prefix}${required}=…`,
        message: `Value "${required}" of app ${name}:`,
        given: undefined,
        judge: judgeText,
      });
      if (value !== undefined) values.set(name, setValue(values.get(name) ?? {}, { path: [required], text: value, schema }));
    }
  }
  return values;
}

/** `path=value`, or `app:path=value` where there are several apps. */
function splitValue(
  text: string,
  apps: AskedValues['apps'],
): { readonly app: string; readonly path: readonly string[]; readonly value: string } {
  const [left, value = ''] = splitPair(text);
  const colon = left.indexOf(':');
  const app = colon < 0 ? (apps[0]?.name ?? '') : left.slice(0, colon);
  return { app, path: left.slice(colon + 1).split('.'), value };
}

function judgeValue(text: string, apps: AskedValues['apps']) {
  const [left, value] = splitPair(text);
  if (value === undefined) return { reason: 'a value is name=value', hint: 'Give one such as "replicas=3"' };
  if (apps.length > 1 && !left.includes(':'))
    return { reason: 'there are several apps', hint: `Say whose value it is: ${apps[0]?.name ?? 'app'}:${text}` };
  const { app, path } = splitValue(text, apps);
  if (!apps.some(({ name }) => name === app))
    return judgeKnown(
      apps.map(({ name }) => name),
      { what: 'app', making: '' },
    )(app);
  return path.every((step) => /^[A-Za-z_][\w-]*$/.test(step) && step !== '__proto__')
    ? judgeText(value)
    : { reason: 'its name is no name of a value' };
}

const judgeVersion: Judge = (text) =>
  /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(text)
    ? undefined
    : { reason: 'a version is a label value: at most 63 letters, digits, "-", "_" and "."' };
