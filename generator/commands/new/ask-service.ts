import type { Judge } from '../../scaffold/judge.ts';
import { judgeKnown, judgeName } from '../../scaffold/judge.ts';
import type { Known } from '../../scaffold/known.ts';
import type { Answers } from './answers.ts';
import { nameTaken } from './name-taken.ts';

export interface ServiceFlags {
  /** The sync object of the service. */
  readonly service?: string;
  readonly subscription?: string;
  readonly resourceGroup?: string;
  readonly project?: string;
  readonly hub?: string;
}

interface Field {
  readonly key: string;
  readonly flag: string;
  readonly message: string;
  readonly given: keyof ServiceFlags;
  /** Asked for, if it is not given. */
  readonly isNeeded: boolean;
  readonly judge: Judge;
}

interface Service {
  /** Type of its sync object. */
  readonly type: string;
  readonly fields: readonly Field[];
}

/** An agent that a cluster can have, and the service that it is reached through, if that is not Git. */
export interface AgentChoice {
  readonly value: string;
  readonly label: string;
  /** Its `gitOpsType`; absent: none. */
  readonly type?: string;
  /** Whether it is Flux, of some version. */
  readonly isFlux?: true;
  readonly service?: Service;
}

/** Like the schema of SyncObjects, which has the last word. */
function judgeText(pattern: RegExp, example: string): Judge {
  return (text) => (pattern.test(text) ? undefined : { reason: 'it has another form', hint: `Give one such as ${example}` });
}

const SUBSCRIPTION = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

export const AGENTS: readonly AgentChoice[] = [
  { value: 'flux', label: 'Flux', type: 'fluxv2', isFlux: true },
  {
    value: 'argocd',
    label: 'Argo CD',
    type: 'argocd',
    service: {
      type: 'argocd',
      fields: [
        {
          key: 'hub',
          flag: '--hub',
          message: '',
          given: 'hub',
          isNeeded: false,
          judge: judgeText(/^[a-z0-9][-a-z0-9]*\+[a-z0-9][-a-z0-9]*$/, 'factory+control'),
        },
      ],
    },
  },
  {
    value: 'arc',
    label: 'Azure Arc or AKS',
    type: 'azureArc',
    isFlux: true,
    service: {
      type: 'azure',
      fields: [
        {
          key: 'subscriptionId',
          flag: '--subscription',
          message: 'Id of the Azure subscription:',
          given: 'subscription',
          isNeeded: true,
          judge: judgeText(SUBSCRIPTION, '00000000-0000-0000-0000-000000000001'),
        },
        {
          key: 'resourceGroup',
          flag: '--resource-group',
          message: 'Resource group of the clusters:',
          given: 'resourceGroup',
          isNeeded: true,
          judge: judgeText(/^[-\w.()]{0,89}[-\w()]$/, 'edge'),
        },
      ],
    },
  },
  {
    value: 'google',
    label: 'Google Config Sync',
    type: 'googleAnthos',
    service: {
      type: 'google',
      fields: [
        {
          key: 'project',
          flag: '--project',
          message: "Id of the Google project that is the fleet's host:",
          given: 'project',
          isNeeded: true,
          judge: judgeText(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/, 'example-fleet'),
        },
      ],
    },
  },
  { value: 'none', label: 'none: plain manifests, for espalier apply' },
];

/** The sync object that reaches the cluster beside Git: one that is there, or what a new one is made of. */
export interface Through {
  readonly name: string;
  readonly type: string;
  readonly fresh?: Readonly<Record<string, string>>;
}

interface Asking {
  readonly known: Known;
  readonly flags: ServiceFlags;
  readonly provider: string;
}

export async function askService(
  answers: Answers,
  { type, fields }: Service,
  { known, flags, provider }: Asking,
): Promise<Through | undefined> {
  const own = known.syncObjects.filter((one) => one.scope === provider && one.type === type);
  if (own.length > 0 && fields.every(({ given }) => flags[given] === undefined)) {
    const names = own.map(({ name }) => name);
    const name = await answers.choice({
      flag: '--service',
      message: 'Which sync object reaches it?',
      given: flags.service,
      choices: names.map((value) => ({ value, label: value })),
      judge: judgeKnown(names, { what: `sync object of type ${type}`, making: '' }),
      hint: `Name one with --service: ${names.join(', ')}`,
    });
    return name === undefined ? undefined : { name, type };
  }
  const fresh = new Map<string, string>();
  for (const { key, flag, message, given, isNeeded, judge } of fields) {
    if (!isNeeded && flags[given] === undefined) continue;
    const answer = await answers.text({ flag, message, given: flags[given], judge });
    if (answer !== undefined) fresh.set(key, answer);
    else fresh.clear();
  }
  const name = await answers.text({ flag: '--service', message: '', given: flags.service ?? `fleet-${type}`, judge: judgeName() });
  const taken = known.syncObjects.find((one) => one.scope === provider && one.name === name);
  if (taken) answers.report(nameTaken('sync object', { ...taken, separator: '+' }));
  return name === undefined || taken ? undefined : { name, type, fresh: Object.fromEntries(fresh) };
}
