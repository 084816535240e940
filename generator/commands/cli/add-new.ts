import { type Command, Option } from 'commander';
import type { AppFlags } from '../new/new-app.ts';
import type { CloudFlags } from '../new/new-cloud.ts';
import type { ClusterFlags } from '../new/new-cluster.ts';
import type { DeploymentFlags } from '../new/new-deployment.ts';
import { type Run, sharedOptions } from './command-line.ts';

/** An option that may be given several times. */
function repeatable(flags: string, description: string): Option {
  const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];
  return new Option(flags, `${description}; may be repeated`).argParser(collect).default([], 'none');
}

/** `espalier new …`: a command for each kind. */
export function addNew(program: Command, run: Run): void {
  const group = program
    .command('new')
    .description('write a first cluster, app, logical cloud or deployment; asks for what is not given')
    .addHelpText('after', EXAMPLES);
  addNewCluster(group, run);
  addNewApp(group, run);
  addNewCloud(group, run);
  addNewDeployment(group, run);
}

function addNewCluster(group: Command, run: Run): void {
  common(group, 'cluster')
    .description('describe a cluster, and where it pulls from')
    .option('--provider <name>', 'who runs it')
    .addOption(repeatable('--label <key=value>', 'a label for placement'))
    .addOption(repeatable('--variable <name=value>', 'a fact that templates may use'))
    .option('--agent <agent>', 'flux, argocd, arc, google, or none for plain manifests (default: flux)')
    .option('--flux-version <version>', "the cluster's Flux, major.minor (default: 2.9; with arc what Azure's extension has)")
    .option('--git-url <url>', 'address of this repository, as the cluster reaches it; makes the sync object if there is none')
    .option('--branch <name>', 'branch that the cluster follows (default: main)')
    .option('--git-secret <name>', "Secret with the repository's credentials", 'flux-system')
    .option('--no-git-secret', 'the repository is public')
    .option('--sync <name>', 'the sync object to use, or to make (default: fleet-git)')
    .option('--service <name>', 'the sync object of argocd, arc or google to use, or to make')
    .option('--hub <cluster>', 'argocd: id of the cluster that Argo CD runs on (default: itself)')
    .option('--subscription <id>', 'arc: id of the Azure subscription')
    .option('--resource-group <name>', 'arc: the resource group of the cluster')
    .option('--project <id>', "google: id of the project that is the fleet's host")
    .action(async (name: string | undefined, flags: Omit<ClusterFlags, 'name'>, command: Command) => {
      await run(async () => (await import('../new/new-cluster.ts')).newCluster({ ...flags, name }, makeOptions(command)));
    });
}

function addNewApp(group: Command, run: Run): void {
  common(group, 'app')
    .description('write a template package: new, or from manifests that are there')
    .option('--description <sentence>', 'what it is')
    .option('--image <image>', 'its image, with a tag')
    .option('--port <number>', 'the port that it listens on (default: 8080)')
    .option('--from <folder>', 'start from the manifests or the kustomization in this folder')
    .option('--entry <folder>', 'the folder inside of --from whose kustomization is meant')
    .addOption(repeatable('--value <name>', 'make a value of tag, replicas or host, or of all'))
    .action(async (name: string | undefined, flags: Omit<AppFlags, 'name'>, command: Command) => {
      await run(async () => (await import('../new/new-app.ts')).newApp({ ...flags, name }, makeOptions(command)));
    });
}

function addNewCloud(group: Command, run: Run): void {
  selectors(common(group, 'cloud'))
    .description('describe a logical cloud: a tenant, with its namespace, account and limits')
    .option('--namespace <project>', 'the project that it belongs to (default: its name)')
    .option('--kubernetes-namespace <name>', 'the namespace on the clusters (default: its name)')
    .option('--pod-security <standard>', 'restricted, baseline or privileged (default: restricted)')
    .addOption(repeatable('--quota <resource=amount>', 'a hard limit'))
    .option('--charts', 'its apps may be Helm charts')
    .action(async (name: string | undefined, flags: Omit<CloudFlags, 'name'>, command: Command) => {
      await run(async () => (await import('../new/new-cloud.ts')).newCloud({ ...flags, name }, makeOptions(command)));
    });
}

function addNewDeployment(group: Command, run: Run): void {
  selectors(common(group, 'deployment'))
    .description('describe a deployment: apps, and where they run')
    .option('--cloud <[project/]name>', 'the logical cloud that it runs in')
    .addOption(repeatable('--app <[name=]template>', 'an app'))
    .addOption(repeatable('--value <[app:]name=value>', 'a value for the template'))
    .option('--deployment-version <version>', 'its version, for people (default: 1.0.0)')
    .action(async (name: string | undefined, flags: Omit<DeploymentFlags, 'name'>, command: Command) => {
      await run(async () => (await import('../new/new-deployment.ts')).newDeployment({ ...flags, name }, makeOptions(command)));
    });
}

function common(group: Command, kind: string): Command {
  return group.command(kind).argument('[name]', 'its name').option('--dry-run', 'write nothing; show what would be written');
}

function selectors(command: Command): Command {
  return command
    .addOption(repeatable('--label <key[=value],…>', 'clusters with this label, or with all of these'))
    .addOption(repeatable('--cluster <[provider+]name>', 'this cluster'))
    .addOption(repeatable('--provider <name>', 'clusters of this provider'))
    .option('--everywhere', 'all clusters');
}

function makeOptions(command: Command) {
  return { ...sharedOptions(command), dryRun: command.opts<{ readonly dryRun?: boolean }>().dryRun ?? false };
}

const EXAMPLES = `
Examples:
  espalier new cluster dublin --provider edge --label env=production --git-url https://github.com/example/fleet
  espalier new app web --image ghcr.io/example/web:1.4.0
  espalier new app web --from ../web/deploy --value tag --value replicas
  espalier new cloud shop
  espalier new deployment shop --cloud shop --app web --label env=production`;
