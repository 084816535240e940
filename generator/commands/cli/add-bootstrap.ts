import type { Command } from 'commander';
import type { GivenCheckout } from '../../model/checkout.ts';
import { checkoutOption } from './checkout-option.ts';
import { type Run, sharedOptions } from './command-line.ts';

interface Given {
  readonly cluster: string;
  readonly checkout?: readonly GivenCheckout[];
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly kubectl: string;
  readonly run?: boolean;
  readonly yes?: boolean;
}

/** `espalier bootstrap`. */
export function addBootstrap(program: Command, run: Run): void {
  program
    .command('bootstrap')
    .description('show or do the first steps by which a cluster comes to follow its tree')
    .requiredOption('--cluster <cluster>', 'the cluster (provider+name or name)')
    .addOption(checkoutOption())
    .option('--context <name>', 'look at the cluster of this context with kubectl, which changes nothing')
    .option('--kubeconfig <file>', 'the kubeconfig (default: as kubectl finds it)')
    .option('--kubectl <path>', 'the kubectl program', 'kubectl')
    .option('--run', "do what is left, up to the first step that fails or is a person's")
    .option('--yes', 'with --run: do not ask')
    .addHelpText('after', EXAMPLES)
    .action(
      async (
        { cluster, checkout: checkouts = [], context, kubeconfig, kubectl, run: isRun = false, yes = false }: Given,
        command: Command,
      ) => {
        if (isRun && context === undefined) command.error("error: option '--run' needs option '--context <name>'");
        const options = { ...sharedOptions(command), cluster, checkouts, context, kubeconfig, kubectl, run: isRun, yes };
        await run(async () => (await import('../bootstrap/bootstrap.ts')).bootstrap(options));
      },
    );
}

const EXAMPLES = `
Examples:
  espalier bootstrap --cluster edge+site1                        the steps
  espalier bootstrap --cluster edge+site1 --context site1        which of them are done
  espalier bootstrap --cluster edge+site1 --context site1 --run  do the rest
  espalier bootstrap --cluster azure+west --checkout azure/trees=../trees
                                                                 where its tree is in another repository or branch`;
