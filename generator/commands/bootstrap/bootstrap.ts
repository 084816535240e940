import { join, resolve } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { humanReport } from '../../diagnostics/report/human.ts';
import { canAsk, createAsker } from '../../io/ask.ts';
import { type ClusterAccess, lookAt, runCommand } from '../../io/kubectl.ts';
import { readLines } from '../../io/read-lines.ts';
import { createTerminal } from '../../io/terminal.ts';
import type { ExpectedObject } from '../../model/bootstrap.ts';
import type { GivenCheckout } from '../../model/checkout.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { SharedOptions } from '../cli/command-line.ts';
import { filesReport } from '../files-report.ts';
import { commandOn } from './command-on.ts';
import { findSteps, type Found } from './find-steps.ts';
import { judgeStep } from './judge-step.ts';
import { type Look, showSteps, toJson, type JudgedStep } from './show-steps.ts';

export interface BootstrapOptions extends SharedOptions {
  readonly cluster: string;
  /** Where trees in other repositories and branches are checked out. */
  readonly checkouts: readonly GivenCheckout[];
  /** Absent: the cluster is not looked at. */
  readonly context: string | undefined;
  readonly kubeconfig: string | undefined;
  /** The program, by path or name. */
  readonly kubectl: string;
  readonly run: boolean;
  readonly yes: boolean;
}

interface Told {
  readonly diagnostics: readonly Diagnostic[];
  readonly found?: Found | undefined;
  readonly steps?: readonly JudgedStep[];
}

/** `espalier bootstrap`: looks at what is there, and shows or does what is left. Gives the exit code. */
export async function bootstrap(options: BootstrapOptions): Promise<number> {
  const terminal = createTerminal({ color: options.color });
  const say = (text: string): void => (options.json ? undefined : terminal.out(text));
  const access = accessOf(options);
  const tell = async ({ diagnostics, found, steps = [] }: Told): Promise<number> => {
    if (options.json) terminal.out(filesReport({ diagnostics, bootstrap: found && toJson(found, steps, access) }));
    else if (diagnostics.length > 0)
      terminal.err(humanReport(diagnostics, { paint: terminal.errPaint, lines: await readLines(resolve(options.root), diagnostics) }));
    return diagnostics.length > 0 ? 1 : 0;
  };
  const root = resolve(options.root);
  const { value: found, diagnostics } = await findSteps(root, { name: options.cluster, checkouts: options.checkouts });
  if (!found) return tell({ diagnostics });
  const judged = await judge(found, access);
  const { steps, look } = judged.value;
  say(showSteps(found, steps, { access, look }));
  const refused = [...judged.diagnostics, ...foreign(found, steps)];
  if (refused.length > 0 || !options.run) return tell({ diagnostics: refused, found, steps });
  const open = steps.filter(({ state }) => state !== 'done');
  if (open.length === 0) return tell({ diagnostics: [], found, steps });
  if (!(await isMeant(options, found))) return tell({ diagnostics: [notAsked(found)], found, steps });
  const failed = await runAll(open, { found, options, root, say });
  const after = (await judge(found, access)).value.steps;
  return tell({ diagnostics: failed ? [failed] : [], found, steps: after });
}

function accessOf({ context, kubeconfig, kubectl }: BootstrapOptions): ClusterAccess | undefined {
  return context === undefined ? undefined : { context, kubeconfig, kubectl };
}

interface Judged {
  readonly steps: readonly JudgedStep[];
  readonly look: Look;
}

/** Looks at the cluster, if it was named. */
async function judge({ cluster, steps }: Found, access: ClusterAccess | undefined): Promise<Outcome<Judged>> {
  const unknown = steps.map((step): JudgedStep => ({ step, state: judgeStep(step, undefined) }));
  if (!access) return { value: { steps: unknown, look: 'not-asked' }, diagnostics: [] };
  const { context } = access;
  const wanted = new Set(steps.flatMap(({ makes }) => makes));
  if (wanted.size === 0) return { value: { steps: unknown, look: 'nothing-to-see' }, diagnostics: [] };
  const there = new Map<ExpectedObject, JsonObject>();
  for (const expected of wanted) {
    const looked = await lookAt(expected, access);
    if (looked.kind === 'there') there.set(expected, looked.object);
    if (looked.kind !== 'failed') continue;
    const args = { cluster: cluster.id, reason: `the cluster of context "${context}" cannot be looked at: ${looked.reason}` };
    return { value: { steps: unknown, look: 'failed' }, diagnostics: [refuse(args, 'Check the context and its kubeconfig with kubectl')] };
  }
  const judged = steps.map((step) => ({ step, state: judgeStep(step, (expected) => there.get(expected)) }));
  return { value: { steps: judged, look: 'looked' }, diagnostics: [] };
}

function refuse({ cluster, reason }: { readonly cluster: string; readonly reason: string }, hint: string): Diagnostic {
  return diagnose('bootstrap-refused', { cluster, reason, hint }, { reach: RUN });
}

function foreign({ cluster }: Found, steps: readonly JudgedStep[]): readonly Diagnostic[] {
  return steps.flatMap(({ state }) =>
    typeof state === 'object'
      ? [
          refuse(
            { cluster: cluster.id, reason: state.foreign },
            'Take that agent off its other tree first, or correct the context or the SyncObject',
          ),
        ]
      : [],
  );
}

async function isMeant({ yes, json }: BootstrapOptions, { cluster }: Found): Promise<boolean> {
  if (yes) return true;
  if (json || !canAsk()) return false;
  const asker = await createAsker();
  return (await asker.choice({ message: `Run these steps on ${cluster.id}?`, choices: [{ value: 'no' }, { value: 'yes' }] })) === 'yes';
}

function notAsked({ cluster }: Found): Diagnostic {
  return refuse({ cluster: cluster.id, reason: 'nobody said yes' }, 'Read the steps, then add --yes');
}

interface Running {
  readonly found: Found;
  readonly options: BootstrapOptions;
  readonly root: string;
  readonly say: (text: string) => void;
}

/** One after the other; the first that fails, or that is a person's, ends it. */
async function runAll(steps: readonly JudgedStep[], { found, options, root, say }: Running): Promise<Diagnostic | undefined> {
  const { id } = found.cluster;
  for (const { step } of steps) {
    if (step.isByHand || !step.command)
      return refuse({ cluster: id, reason: `a person's step comes next: "${step.title}"` }, step.note ?? 'Do it, then run the same again');
    say(`\n> ${step.title}\n`);
    const cwd = step.folder === 'cluster' ? join(found.root, 'clusters', id) : root;
    const reason = await runCommand(commandOn(step.command, { access: accessOf(options), cluster: found.runsOn }), {
      cwd,
      isQuiet: options.json,
    });
    if (reason !== undefined) return diagnose('bootstrap-failed', { cluster: id, step: step.title, reason }, { reach: RUN });
  }
  return undefined;
}
