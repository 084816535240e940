import { cloudFile } from '../../scaffold/cloud.ts';
import { judgeKnown, judgeName, judgeText, splitPair, type Judge } from '../../scaffold/judge.ts';
import type { Known } from '../../scaffold/known.ts';
import type { Answers } from './answers.ts';
import { askSelectors, type SelectorFlags } from './ask-selectors.ts';
import type { Made, MakeOptions } from './made.ts';
import { make } from './make.ts';
import { nameTaken } from './name-taken.ts';
import { nextSteps } from './next-steps.ts';

export interface CloudFlags extends SelectorFlags {
  readonly name: string | undefined;
  readonly namespace?: string;
  readonly kubernetesNamespace?: string;
  readonly podSecurity?: string;
  readonly quota: readonly string[];
  /** Whether its apps may be Helm charts; without it, it is asked for where there are charts. */
  readonly charts?: boolean;
}

const STANDARDS = [
  { value: 'restricted', label: 'restricted: hardened pods only, the best choice where apps can take it' },
  { value: 'baseline', label: 'baseline: anything but known ways to more rights' },
  { value: 'privileged', label: 'privileged: anything' },
];

const CHARTS = 'May its apps be Helm charts?';

const YES_OR_NO = [
  { value: 'no', label: 'no' },
  { value: 'yes', label: 'yes: its account may then also hold releases, and Secrets in the namespace' },
];

/** `espalier new cloud`. */
export async function newCloud(flags: CloudFlags, options: MakeOptions): Promise<number> {
  return make(options, { what: 'a logical cloud', answer: async (answers, known) => ask(answers, { known, flags }) });
}

async function ask(answers: Answers, { known, flags }: { readonly known: Known; readonly flags: CloudFlags }): Promise<Made | undefined> {
  const name = await answers.text({
    flag: '<name>',
    message: 'Name of the logical cloud:',
    given: flags.name,
    judge: judgeName(),
    hint: 'Give a name: espalier new cloud <name>',
  });
  const namespace = await answers.text({
    flag: '--namespace',
    message: 'Project that it belongs to:',
    given: flags.namespace,
    // A missing name is reported already.
    fallback: name ?? 'default',
    judge: judgeName(),
  });
  const kubernetesNamespace =
    flags.kubernetesNamespace === undefined
      ? undefined
      : await answers.text({ flag: '--kubernetes-namespace', message: '', given: flags.kubernetesNamespace, judge: judgeName() });
  const clusters = await askSelectors(answers, { known, flags, message: 'Where does it span?' });
  const podSecurity = await answers.choice({
    flag: '--pod-security',
    message: 'Which Pod Security Standard does it enforce?',
    given: flags.podSecurity,
    fallback: 'restricted',
    choices: STANDARDS,
    judge: judgeKnown(
      STANDARDS.map(({ value }) => value),
      { what: 'standard', making: '' },
    ),
  });
  const quota = await answers.list({
    flag: '--quota',
    message: 'Hard limits, such as requests.cpu=4, pods=40 (optional):',
    given: flags.quota,
    isAsked: true,
    judge: judgeQuota,
  });
  const charts = flags.charts ?? (known.hasCharts && (await answers.asker?.choice({ message: CHARTS, choices: YES_OR_NO })) === 'yes');
  const taken = known.clouds.find((one) => one.scope === namespace && one.name === name);
  if (taken) answers.report(nameTaken('logical cloud', { ...taken, separator: '/' }));
  if (name === undefined || namespace === undefined || podSecurity === undefined) return undefined;
  const file = cloudFile({
    namespace,
    name,
    kubernetesNamespace,
    clusters: clusters === undefined || clusters === 'all' ? [] : clusters,
    podSecurity,
    charts,
    quota: Object.fromEntries(quota.map((pair) => splitPair(pair) as [string, string])),
  });
  return { files: [file], next: nextSteps(known, 'cloud') };
}

const judgeQuota: Judge = (text) => {
  const [key, value] = splitPair(text);
  if (value === undefined || key === '') return { reason: 'a limit is resource=amount', hint: 'Give one such as "requests.cpu=4"' };
  if (!/^[a-z0-9]([-a-z0-9./]*[a-z0-9])?$/i.test(key)) return { reason: 'its resource is no resource name' };
  return /^[0-9]+(?:\.[0-9]+)?(?:m|[kMGTPE]|[KMGTPE]i)?$/.test(value)
    ? judgeText(value)
    : { reason: 'its amount is no quantity', hint: 'Give one such as "4", "500m" or "8Gi"' };
};
