import type { Command } from 'commander';
import { type Run, sharedOptions } from './command-line.ts';

interface Given {
  readonly version?: string;
  readonly values?: string;
  readonly into?: string;
  readonly namespace?: string;
  readonly kubeVersion?: string;
  readonly helm: string;
  readonly schemaOnly?: boolean;
  readonly plainHttp?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/** `espalier chart vendor`. */
export function addChart(program: Command, run: Run): void {
  program
    .command('chart')
    .description('bring Helm charts into templates/')
    .command('vendor')
    .description('render a chart into a template package, and keep the schema of its values')
    .argument('<repository>', 'https://… (with an index.yaml) or oci://… (the folder that holds the chart)')
    .argument('<name>', "the chart's name")
    .option('--version <version>', "the chart's exact version (required)")
    .option('--values <file>', "values to render it with, over the chart's own")
    .option('--into <folder>', 'the package (default: templates/apps/<name>)')
    .option('--namespace <namespace>', 'the namespace that its objects shall name (default: a value of the package)')
    .option('--kube-version <version>', "the Kubernetes version that the chart is told (default: helm's own)")
    .option('--helm <path>', 'the helm program, 3.8 or newer', 'helm')
    .option('--schema-only', 'make no package: keep the schema and defaults, for apps with source.chart')
    .option('--plain-http', 'speak HTTP to an oci:// registry')
    .option('--force', 'undo edits that were made by hand')
    .option('--dry-run', 'write nothing; show what would change')
    .addHelpText('after', EXAMPLES)
    .action(async (repository: string, name: string, given: Given, command: Command) => {
      const options = { ...sharedOptions(command), ...toOptions(given), repository, name };
      await run(async () => (await import('../chart/vendor.ts')).vendor(options));
    });
}

function toOptions({ version, values, into, namespace, kubeVersion, helm, ...flags }: Given) {
  const { schemaOnly = false, plainHttp = false, force = false, dryRun = false } = flags;
  return { version, values, into, namespace, kubeVersion, helm, schemaOnly, plainHttp, force, dryRun };
}

const EXAMPLES = `
Examples:
  espalier chart vendor oci://ghcr.io/stefanprodan/charts podinfo --version 6.14.1
  espalier chart vendor https://charts.example.net/stable web --version 1.2.3 --values web-values.yaml --into templates/apps/web
  espalier chart vendor oci://ghcr.io/stefanprodan/charts podinfo --version 6.14.1 --schema-only`;
