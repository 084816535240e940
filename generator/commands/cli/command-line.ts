import type { Command } from 'commander';

/** Does a command's work; what it resolves to becomes the exit code. */
export type Run = (act: () => Promise<number>) => Promise<void>;

/** Adds one command to the program: a file of its own for each. Heavy modules are imported in its action, not before. */
export type AddCommand = (program: Command, run: Run) => void;

/** Options of the whole program: they stand before or after the command's name. */
export interface SharedOptions {
  readonly root: string;
  readonly json: boolean;
  readonly color: boolean;
}

/** Declares the shared options on the program; commander then takes them from anywhere. */
export function addSharedOptions(program: Command): Command {
  return program
    .option('--root <folder>', 'the folder that holds intents/, templates/ and clusters/', '.')
    .option('--json', 'print one JSON document')
    .option('--no-color', 'print without colours')
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => (title === 'Global Options:' ? 'Options of every command:' : title) });
}

/** What was given for the shared options, on either side of the command's name. */
export function sharedOptions(command: Command): SharedOptions {
  const { root, json, color } = command.optsWithGlobals<{ readonly root: string; readonly json?: boolean; readonly color: boolean }>();
  return { root, json: json ?? false, color };
}
