import { nearestName } from '../../lib/did-you-mean.ts';
import type { JsonObject } from '../../model/json.ts';
import { type Judge, judgeKnown, judgeLabels, splitPair } from '../../scaffold/judge.ts';
import { type Known, showName } from '../../scaffold/known.ts';
import type { Answers } from './answers.ts';

export interface SelectorFlags {
  readonly cluster: readonly string[];
  readonly label: readonly string[];
  readonly provider: readonly string[];
  readonly everywhere?: boolean;
}

const ALL = [
  { value: 'all', label: 'on all clusters' },
  { value: 'label', label: 'on clusters with a label' },
  { value: 'cluster', label: 'on single clusters' },
];

/** Which clusters: a selector for each `--cluster`, `--label` and `--provider`. `undefined`: nothing was said. */
export async function askSelectors(
  answers: Answers,
  { known, flags, message }: { readonly known: Known; readonly flags: SelectorFlags; readonly message: string },
): Promise<readonly JsonObject[] | 'all' | undefined> {
  if (flags.everywhere === true) return 'all';
  const isGiven = flags.cluster.length + flags.label.length + flags.provider.length > 0;
  if (!isGiven && !answers.asker) return undefined;
  const way = isGiven
    ? 'given'
    : await answers.choice({ flag: '--everywhere', message, given: undefined, choices: ALL, judge: () => undefined });
  if (way === 'all') return 'all';
  const ids = known.clusters.map((one) => showName(one, '+'));
  const clusters =
    way === 'cluster' && answers.asker
      ? await answers.asker.several({ message: 'Which?', choices: ids.map((value) => ({ value })), chosen: false })
      : flags.cluster;
  const accepted = await answers.list({ flag: '--cluster', message: '', given: clusters, isAsked: false, judge: judgeCluster(known) });
  const labels = await answers.list({
    flag: '--label',
    message: 'Label, such as env=production:',
    given: flags.label,
    isAsked: way === 'label',
    judge: judgeClusterLabels(known),
  });
  const providers = [...new Set(known.clusters.map(({ scope }) => scope))];
  const judge = judgeKnown(providers, { what: 'cluster of a provider', making: 'Make one: espalier new cluster' });
  const chosen = await answers.list({ flag: '--provider', message: '', given: flags.provider, isAsked: false, judge });
  return [...labels.map(toLabelSelector), ...chosen.map((provider) => ({ provider })), ...accepted.map(toClusterSelector)];
}

function toClusterSelector(text: string): JsonObject {
  const [provider, cluster] = text.split('+');
  return cluster === undefined ? { cluster: text } : { provider: provider ?? '', cluster };
}

function toLabelSelector(text: string): JsonObject {
  const pairs = text.split(',').map(splitPair);
  const [[key, value] = ['', undefined], ...others] = pairs;
  if (others.length === 0 && value === undefined) return { clusterLabel: key };
  if (pairs.every(([, each]) => each !== undefined)) return { matchLabels: Object.fromEntries(pairs) as JsonObject };
  return {
    matchExpressions: pairs.map(([each, wanted]) =>
      wanted === undefined ? { key: each, operator: 'Exists' } : { key: each, operator: 'In', values: [wanted] },
    ),
  };
}

/** `name` or `provider+name`. */
function judgeCluster({ clusters }: Known): Judge {
  const names = [...clusters.map((one) => showName(one, '+')), ...clusters.map(({ name }) => name)];
  return judgeKnown([...new Set(names)], { what: 'cluster', making: 'Make one: espalier new cluster' });
}

/** Labels that no cluster has would select nothing. */
function judgeClusterLabels({ labels }: Known): Judge {
  return (text) => {
    const problem = judgeLabels(text);
    if (problem) return problem;
    for (const [key, value] of text.split(',').map(splitPair)) {
      const values = labels.get(key);
      if (!values)
        return { reason: `no cluster has a label "${key}"`, hint: suggestion(key, [...labels.keys()]) ?? 'Give clusters the label first' };
      if (value !== undefined && !values.has(value))
        return {
          reason: `no cluster has the label "${key}=${value}"`,
          hint: suggestion(value, [...values]) ?? `There are ${[...values].map((each) => `${key}=${each}`).join(', ')}`,
        };
    }
    return undefined;
  };
}

function suggestion(text: string, candidates: readonly string[]): string | undefined {
  const near = nearestName(text, candidates);
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}
