import { type Command, Option } from 'commander';
import type { VendorOptions } from '../flux/vendor.ts';
import { type Run, sharedOptions } from './command-line.ts';

type Given = Omit<VendorOptions, 'root' | 'json' | 'color'>;

/** `espalier flux …`. */
export function addFlux(program: Command, run: Run): void {
  const group = program.command('flux').description("look after Flux's own manifests");
  group
    .command('vendor')
    .description('put install manifests of Flux into templates/flux/, and pin them')
    .option('--version <version>', 'the version, major.minor.patch (required)')
    .option('--components <names>', "controllers, separated by commas (default: flux's own four)")
    .option('--from <path>', 'take them from this file or folder')
    .addOption(new Option('--flux <path>', 'ask this flux program (default: the one in PATH, if there is one)').conflicts('from'))
    .addOption(
      new Option('--release [address]', "download Flux's release, or that of a mirror (default without a flux program)").conflicts([
        'from',
        'flux',
      ]),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (given: Given, command: Command) => {
      await run(async () => (await import('../flux/vendor.ts')).fluxVendor({ ...given, ...sharedOptions(command) }));
    });
}

const EXAMPLES = `
Examples:
  espalier flux vendor --version 2.9.4
  espalier flux vendor --version 2.9.4 --release
  espalier flux vendor --version 2.9.4 --from ~/Downloads/install.yaml --components source-controller,kustomize-controller,notification-controller`;
