import type { SourceFile } from '../../model/source.ts';
import { clusterFile, type GitOpsAnswers, serviceFile, syncObjectFile, type SyncObjectAnswers } from '../../scaffold/cluster.ts';
import { type Judge, judgeBranch, judgeGitUrl, judgeKnown, judgeLabel, judgeName, judgeVariable, splitPair } from '../../scaffold/judge.ts';
import type { Known } from '../../scaffold/known.ts';
import type { Answers } from './answers.ts';
import type { Made, MakeOptions } from './made.ts';
import { type AgentChoice, AGENTS, askService, type ServiceFlags } from './ask-service.ts';
import { make } from './make.ts';
import { nameTaken } from './name-taken.ts';
import { nextSteps } from './next-steps.ts';

export interface ClusterFlags extends ServiceFlags {
  readonly name: string | undefined;
  readonly provider?: string;
  readonly label: readonly string[];
  readonly variable: readonly string[];
  readonly agent?: string;
  readonly fluxVersion?: string;
  readonly sync?: string;
  readonly gitUrl?: string;
  readonly branch?: string;
  /** A name, or `false` for a public repository. */
  readonly gitSecret: string | false;
}

interface Asked {
  readonly known: Known;
  readonly flags: ClusterFlags;
}

/** `espalier new cluster`. */
export async function newCluster(flags: ClusterFlags, options: MakeOptions): Promise<number> {
  return make(options, { what: 'a cluster', answer: async (answers, known) => ask(answers, { known, flags }) });
}

async function ask(answers: Answers, { known, flags }: Asked): Promise<Made | undefined> {
  const name = await answers.text({
    flag: '<name>',
    message: 'Name of the cluster:',
    given: flags.name,
    judge: judgeName(),
    hint: 'Give a name: espalier new cluster <name>',
  });
  const provider = await askProvider(answers, { known, flags });
  const labels = await answers.list({
    flag: '--label',
    message: 'Labels for placement, such as env=production (optional):',
    given: flags.label,
    isAsked: true,
    judge: judgeLabel,
  });
  const variables = await answers.list({ flag: '--variable', message: '', given: flags.variable, isAsked: false, judge: judgeVariable });
  const chosen = await answers.choice({
    flag: '--agent',
    message: 'Which agent pulls its tree?',
    given: flags.agent,
    fallback: 'flux',
    choices: AGENTS,
    judge: judgeKnown(
      AGENTS.map(({ value }) => value),
      { what: 'agent', making: '' },
    ),
  });
  const agent = AGENTS.find(({ value }) => value === chosen);
  const agentVersion = await askVersion(answers, { flags, agent });
  if (provider === undefined) {
    if (agent?.type !== undefined) await askSync(answers, { known, flags, provider: '' });
    return undefined;
  }
  reportTaken(answers, known, { provider, name });
  const access = agent?.type === undefined ? undefined : await askAccess(answers, { known, flags, provider, agent });
  if (name === undefined || !agent || agentVersion !== flags.fluxVersion || (agent.type !== undefined && !access)) return undefined;
  const file = clusterFile({
    provider,
    name,
    labels: Object.fromEntries(labels.map((label) => splitPair(label) as [string, string])),
    variables: Object.fromEntries(variables.map(splitPair).map(([key, value]) => [key, typed(value ?? '')])),
    gitOps: access?.gitOps,
    agentVersion,
  });
  return { files: [file, ...(access?.files ?? [])], next: nextSteps(known, 'cluster') };
}

function reportTaken(
  answers: Answers,
  { clusters }: Known,
  { provider, name }: { readonly provider: string; readonly name: string | undefined },
): void {
  const taken = clusters.find((one) => one.scope === provider && one.name === name);
  if (taken) answers.report(nameTaken('cluster', { ...taken, separator: '+' }));
}

async function askVersion(
  answers: Answers,
  { flags: { fluxVersion }, agent }: { readonly flags: ClusterFlags; readonly agent: AgentChoice | undefined },
): Promise<string | undefined> {
  if (fluxVersion === undefined) return undefined;
  const judge: Judge = agent?.isFlux
    ? judgeVersion
    : () => ({ reason: 'the cluster has no Flux', hint: 'Leave it out; agentVersion of a Cluster is the version of its own agent' });
  return answers.text({ flag: '--flux-version', message: '', given: fluxVersion, judge });
}

interface Access {
  readonly gitOps: GitOpsAnswers;
  readonly files: readonly SourceFile[];
}

/** The sync objects that the agent needs: for the tree, and for the service that reaches the cluster, if there is one. */
async function askAccess(
  answers: Answers,
  { agent, ...asked }: Asked & { readonly provider: string; readonly agent: AgentChoice },
): Promise<Access | undefined> {
  const { provider } = asked;
  const sync = await askSync(answers, asked);
  const through = agent.service && (await askService(answers, agent.service, asked));
  if (!sync || agent.type === undefined || (agent.service && !through)) return undefined;
  return {
    gitOps: { type: agent.type, reference: through?.name ?? sync.name, resource: sync.name },
    files: [
      ...(sync.fresh ? [syncObjectFile({ provider, name: sync.name, agent: agent.type, ...sync.fresh })] : []),
      ...(through?.fresh ? [serviceFile({ provider, name: through.name, type: through.type, members: through.fresh })] : []),
    ],
  };
}

async function askProvider(answers: Answers, { known, flags }: Asked): Promise<string | undefined> {
  const providers = [...new Set(known.clusters.map(({ scope }) => scope))];
  return answers.text({
    flag: '--provider',
    message: 'Who runs it (a cloud, a datacenter …):',
    given: flags.provider,
    fallback: answers.asker && providers.length === 1 ? providers[0] : undefined,
    judge: judgeName(),
    hint: `Say who runs it, such as --provider ${providers[0] ?? 'datacenter'}`,
  });
}

interface Sync {
  readonly name: string;
  /** What it is made of, if it is new. */
  readonly fresh?: Omit<SyncObjectAnswers, 'provider' | 'name' | 'agent'>;
}

/** The provider's sync object: the one that is there, or a new one. */
async function askSync(
  answers: Answers,
  { known, flags, provider }: { readonly known: Known; readonly flags: ClusterFlags; readonly provider: string },
): Promise<Sync | undefined> {
  const repositories = known.syncObjects.filter(({ type }) => type === 'git');
  const own = repositories.filter(({ scope }) => scope === provider);
  const names = own.map(({ name }) => name);
  if (flags.gitUrl === undefined && own.length > 0) {
    const name = await answers.choice({
      flag: '--sync',
      message: 'Which sync object says where it pulls from?',
      given: flags.sync,
      choices: own.map(({ name: value, url, branch }) => ({ value, label: `${value} (${url}, ${branch})` })),
      judge: judgeKnown(names, { what: 'sync object', making: 'Give --git-url to make it' }),
      hint: `Name one with --sync: ${names.join(', ')}`,
    });
    return name === undefined ? undefined : { name };
  }
  const elsewhere = repositories[0];
  const url = await answers.text({
    flag: '--git-url',
    message: 'Address of this repository, as the cluster reaches it:',
    given: flags.gitUrl,
    fallback: elsewhere?.url,
    judge: judgeGitUrl,
    hint: 'Give the address of this repository: --git-url https://…; or --agent none',
  });
  const branch = await answers.text({
    flag: '--branch',
    message: 'Branch that it follows:',
    given: flags.branch,
    fallback: elsewhere?.branch ?? 'main',
    judge: judgeBranch,
  });
  const secret =
    flags.gitSecret === false
      ? undefined
      : await answers.text({ flag: '--git-secret', message: '', given: flags.gitSecret, judge: judgeName(253) });
  const same = own.find((one) => one.url === url && one.branch === branch && (flags.sync === undefined || one.name === flags.sync));
  if (same) return { name: same.name };
  const name = await answers.text({ flag: '--sync', message: '', given: flags.sync ?? 'fleet-git', judge: judgeName() });
  const taken = known.syncObjects.find((one) => one.scope === provider && one.name === name);
  if (taken) answers.report(nameTaken('sync object', { ...taken, separator: '+' }));
  if (url === undefined || branch === undefined || name === undefined) return undefined;
  return { name, fresh: { url, branch, secret } };
}

function judgeVersion(text: string) {
  return /^[0-9]{1,4}\.[0-9]{1,4}$/.test(text) ? undefined : { reason: 'a version is major.minor', hint: 'Give one such as 2.9' };
}

/** What the text would be in YAML, where everybody would read the same: whole numbers, true and false. */
function typed(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(?:0|-?[1-9][0-9]{0,14})$/.test(text) ? Number(text) : text;
}
