import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ApplyOptions } from '../apply/options.ts';
import { type Run, sharedOptions } from './command-line.ts';

/** What commander makes of the arguments; its names follow the options'. */
interface Given {
  readonly cluster?: readonly string[];
  readonly all?: true;
  readonly only?: readonly string[];
  readonly kubeconfig?: string;
  readonly dryRun?: true;
  readonly diff?: 'short' | 'full';
  readonly get?: true;
  readonly delete?: true;
  readonly yes?: true;
  readonly pruneAll?: true;
  readonly deleteData?: true;
  readonly forceConflicts?: readonly (string | true)[];
  readonly allowUncommitted?: true;
  readonly formerly?: string;
  readonly timeout: number;
}

/** `espalier apply`. */
export function addApply(program: Command, run: Run): void {
  program
    .command('apply')
    .description('apply the committed tree of clusters that have no agent')
    .option('--cluster <cluster>', 'a cluster (provider+name or name), may be repeated', append)
    .option('--all', 'all clusters without an agent')
    .option(
      '--only <name>',
      'a deployment or logical cloud (namespace/name), or an app of one (namespace/name/app), may be repeated',
      append,
    )
    .option('--kubeconfig <file>', 'the kubeconfig (default: $KUBECONFIG, else ~/.kube/config)')
    .option('--dry-run', 'change nothing; ask the server what would change')
    .addOption(
      new Option('--diff [extent]', 'show the changes by object and field; "full" cuts nothing').choices(['short', 'full']).preset('short'),
    )
    .addOption(new Option('--get', 'change nothing; list what is there').conflicts(['delete', 'diff', 'dryRun']))
    .option('--delete', 'delete all that was applied')
    .option('--yes', 'with --delete: it is meant')
    .option('--prune-all', 'let a tree that has nothing of what is there take it all away')
    .option('--delete-data', 'delete volumes and their claims as well, where they are to go')
    .addOption(
      new Option('--force-conflicts [object]', 'take over what others set, of all objects or of Kind/namespace/name, may be repeated')
        .argParser(appendObject)
        .preset(true),
    )
    .option('--allow-uncommitted', 'apply the working tree, although it is not what Git has')
    .option('--formerly <cluster>', 'the id that the cluster had when it was applied to last')
    .option('--timeout <seconds>', 'how long to ask a server that does not answer, and to wait for what is under way', seconds, 60)
    .addHelpText('after', EXAMPLES)
    .action(async (given: Given, command: Command) => {
      if (!given.cluster && given.all !== true) command.error("error: required option '--cluster <cluster>' or '--all' is not given");
      if (given.cluster && given.all === true) command.error("error: option '--cluster <cluster>' cannot be used with option '--all'");
      await run(async () => (await import('../apply/apply.ts')).apply(optionsOf(given, command)));
    });
}

function optionsOf(given: Given, command: Command): ApplyOptions {
  const { cluster = [], all = false, only = [], forceConflicts = [], ...rest } = given;
  const isAll = forceConflicts.includes(true);
  return {
    ...sharedOptions(command),
    clusters: all ? 'all' : cluster,
    only,
    kubeconfig: rest.kubeconfig,
    mode: given.get === true ? 'get' : given.delete === true ? 'delete' : 'apply',
    dryRun: rest.dryRun ?? false,
    diff: rest.diff,
    isConfirmed: rest.yes ?? false,
    pruneAll: rest.pruneAll ?? false,
    deleteData: rest.deleteData ?? false,
    force: isAll ? 'all' : forceConflicts.filter((name) => name !== true),
    allowUncommitted: rest.allowUncommitted ?? false,
    formerly: rest.formerly,
    timeout: rest.timeout,
  };
}

function append(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

function appendObject(name: string | true, before: readonly (string | true)[] = []): readonly (string | true)[] {
  if (typeof name === 'string' && !/^[A-Z][A-Za-z0-9]*(\/[^/]+){1,2}$/.test(name))
    throw new InvalidArgumentError('Give Kind/namespace/name, or Kind/name.');
  return [...before, name];
}

function seconds(text: string): number {
  if (!/^[0-9]{1,4}$/.test(text)) throw new InvalidArgumentError('Give a number of seconds.');
  return Number(text);
}

const EXAMPLES = `
Examples:
  espalier apply --cluster datacenter+workshop --dry-run --diff
  espalier apply --cluster datacenter+workshop
  espalier apply --cluster datacenter+workshop --only retail/back-office/work-queue
  espalier apply --cluster datacenter+workshop --get
  espalier apply --cluster datacenter+workshop --force-conflicts Deployment/retail/work-queue
  espalier apply --cluster datacenter+workshop --delete --yes
  espalier apply --all`;
