import { type Command, Option } from 'commander';
import type { GivenCheckout } from '../../model/checkout.ts';
import type { RunOptions } from '../run-options.ts';
import { checkoutOption } from './checkout-option.ts';
import { sharedOptions } from './command-line.ts';

/** What commander makes of the arguments of a command that renders; the names follow the options'. */
export interface GivenToRender {
  readonly annotations?: 'github';
  readonly cache: boolean;
  readonly kustomize?: string;
  readonly bind: 'late' | 'early';
  readonly only?: readonly string[];
  readonly checkout?: readonly GivenCheckout[];
  readonly withoutCheckout?: readonly string[];
  readonly seen?: string;
}

/** Declares the options of commands that render. */
export function addRenderOptions(command: Command): Command {
  return command
    .option(
      '--only <name>',
      'a deployment ([namespace/]name) or a cluster (provider+name or name), may be repeated; all else stays as it is',
      append,
    )
    .addOption(checkoutOption())
    .option('--without-checkout <name>', 'leave the clusters of that sync object out (all: of any), may be repeated', append)
    .option('--seen <file>', 'what was seen on clusters, where an agent changes or takes over (docs/handover.md)')
    .addOption(new Option('--bind <when>', 'put values in after kustomize, or before it').choices(['late', 'early']).default('late'))
    .option('--no-cache', 'build everything anew')
    .option('--kustomize <path>', 'use this kustomize program instead of the built-in engine')
    .addOption(new Option('--annotations <format>', 'print annotations as well (default in GitHub Actions)').choices(['github']));
}

function append(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

type Asked = Pick<RunOptions, 'mode'> & Partial<Pick<RunOptions, 'isolate' | 'diff'>>;

/** The options of a run: what was given to the command and to the program, and what the command asks for by itself. */
export async function renderOptions(command: Command, { mode, isolate = false, diff }: Asked): Promise<RunOptions> {
  const { isGithubActions } = await import('../../io/terminal.ts');
  const { root, json, color } = sharedOptions(command);
  const given = command.opts<GivenToRender>();
  return {
    root,
    only: given.only,
    checkouts: given.checkout ?? [],
    withoutCheckouts: given.withoutCheckout ?? (mode === 'check' ? ['all'] : []),
    seen: given.seen,
    isolate,
    binding: given.bind,
    mode,
    diff,
    output: json ? 'json' : 'human',
    annotations: given.annotations === 'github' || isGithubActions(),
    color,
    cache: given.cache,
    kustomize: given.kustomize,
  };
}
