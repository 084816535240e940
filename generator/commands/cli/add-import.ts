import type { Command } from 'commander';
import { type Run, sharedOptions } from './command-line.ts';

interface Given {
  readonly values?: string;
  readonly folder?: string;
  readonly chartRepository?: string;
  readonly helm: string;
  readonly charts: boolean;
  readonly dryRun?: boolean;
}

/** `espalier import …`. */
export function addImport(program: Command, run: Run): void {
  const group = program.command('import').description('turn what other programs are told into intents and templates');
  addEmco(group, run);
  addFlux(group, run);
  addArgo(group, run);
}

function addEmco(group: Command, run: Run): void {
  group
    .command('emco')
    .description('turn documents for emcoctl into intents and templates, and tell what could not be carried over')
    .argument('<files...>', 'documents (version: emco/v2), as emcoctl takes them with -f')
    .option('-v, --values <file>', 'their values, where they are templates, as emcoctl takes them with -v')
    .option('--folder <folder>', 'the folder below which all files lie that documents name (default: each document’s own)')
    .option('--helm <path>', 'the helm program, 3.8 or newer, that renders charts into template packages', 'helm')
    .option('--chart-repository <address>', 'render nothing: refer to the charts in this repository, https://… or oci://…')
    .option('--no-charts', 'render nothing: leave apps out whose charts have templates')
    .option('--dry-run', 'write nothing; show what would be written')
    .addHelpText('after', EXAMPLES)
    .action(async (files: readonly string[], given: Given, command: Command) => {
      const { values, folder, chartRepository, helm, charts, dryRun = false } = given;
      const flags = { files, values, folder, chartRepository, helm, charts };
      await run(async () => (await import('../import/emco.ts')).importEmco(flags, { ...sharedOptions(command), dryRun }));
    });
}

interface FluxGiven {
  readonly cluster?: readonly string[];
  readonly gitRoot?: string;
  readonly project?: string;
  readonly dryRun?: boolean;
}

function addFlux(group: Command, run: Run): void {
  group
    .command('flux')
    .description('turn what Flux applies to a cluster into intents and templates, to go on without recreating anything')
    .argument('<folders...>', 'folders of clusters, each with the flux-system/ that flux bootstrap wrote')
    .option('--cluster <provider/name>', 'what the cluster of a folder is called here; one for each folder, in their order', collect)
    .option('--git-root <folder>', 'the top of their repository (default: the Git repository that they lie in)')
    .option('--project <name>', 'the project of new logical clouds and deployments (default: the repository’s name)')
    .option('--dry-run', 'write nothing; show what would be written')
    .addHelpText('after', FLUX_EXAMPLES)
    .action(async (folders: readonly string[], given: FluxGiven, command: Command) => {
      const { cluster = [], gitRoot, project, dryRun = false } = given;
      const flags = { folders, clusters: cluster, gitRoot, project };
      await run(async () => (await import('../import/flux.ts')).importFlux(flags, { ...sharedOptions(command), dryRun }));
    });
}

interface ArgoGiven extends FluxGiven {
  readonly repository?: string;
}

function addArgo(group: Command, run: Run): void {
  group
    .command('argocd')
    .description('turn what Argo CD applies into intents and templates, to go on without recreating anything')
    .argument('<paths...>', 'files and folders with Applications, ApplicationSets, AppProjects; an app of apps is followed')
    .option('--cluster <destination=provider/name>', 'what a destination, by name or address, is called here', collect)
    .option('--git-root <folder>', 'the top of their repository (default: the Git repository that they lie in)')
    .option('--repository <address>', 'its address in the Applications (default: the one that most of them name)')
    .option('--project <name>', 'the project of new logical clouds and deployments (default: the repository’s name)')
    .option('--dry-run', 'write nothing; show what would be written')
    .addHelpText('after', ARGO_EXAMPLES)
    .action(async (paths: readonly string[], given: ArgoGiven, command: Command) => {
      const { cluster = [], gitRoot, repository, project, dryRun = false } = given;
      const flags = { paths, clusters: cluster, gitRoot, repository, project };
      await run(async () => (await import('../import/argocd.ts')).importArgo(flags, { ...sharedOptions(command), dryRun }));
    });
}

/** No default is given to the option, because help would show it. */
function collect(text: string, others: readonly string[] = []): readonly string[] {
  return [...others, text];
}

const ARGO_EXAMPLES = `
Examples:
  espalier import argocd ../gitops/root.yaml --cluster in-cluster=edge/hub --dry-run
  espalier import argocd ../gitops/argocd --cluster in-cluster=edge/hub --cluster lisbon=edge/lisbon`;

const FLUX_EXAMPLES = `
Examples:
  espalier import flux ../flux/clusters/lisbon --cluster edge/lisbon --dry-run
  espalier import flux ../flux/clusters/staging ../flux/clusters/production --cluster edge/staging --cluster edge/production`;

const EXAMPLES = `
Examples:
  espalier import emco ../emco/*.yaml --values ../emco/values.yaml --dry-run
  espalier import emco prerequisites.yaml deployment.yaml -v values.yaml --folder . --helm ~/bin/helm
  espalier import emco *.yaml -v values.yaml --chart-repository oci://registry.example.net/charts`;
