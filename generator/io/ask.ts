import { isCi } from './terminal.ts';

/** Questions to a person. Each resolves to an answer that its check accepts; Ctrl-C rejects, see `isInterruption`. */
export interface Asker {
  text(question: TextQuestion): Promise<string>;
  choice(question: ChoiceQuestion): Promise<string>;
  /** Any number of the choices. */
  several(question: SeveralQuestion): Promise<readonly string[]>;
}

export interface TextQuestion {
  readonly message: string;
  readonly suggestion?: string | undefined;
  /** Why an answer cannot be used. */
  readonly complain: (answer: string) => string | undefined;
}

export interface Choice {
  readonly value: string;
  readonly label?: string | undefined;
}

export interface ChoiceQuestion {
  readonly message: string;
  readonly choices: readonly Choice[];
}

export interface SeveralQuestion extends ChoiceQuestion {
  readonly chosen: boolean;
}

interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks on standard input and standard error, so that standard output stays what was made; or on other streams. */
export async function createAsker({ input, output }: Streams = { input: process.stdin, output: process.stderr }): Promise<Asker> {
  const { checkbox, input: line, select } = await import('@inquirer/prompts');
  const context = { input, output };
  return {
    text: async ({ message, suggestion, complain }) => {
      const validate = (answer: string): string | true => complain(answer.trim()) ?? true;
      const answer = await line({ message, validate, ...(suggestion !== undefined && { default: suggestion }) }, context);
      return answer.trim();
    },
    choice: async ({ message, choices }) => select({ message, choices: choices.map(toChoice) }, context),
    several: async ({ message, choices, chosen }) =>
      checkbox({ message, choices: choices.map((choice) => ({ ...toChoice(choice), checked: chosen })) }, context),
  };
}

function toChoice({ value, label = value }: Choice): { readonly value: string; readonly name: string } {
  return { value, name: label };
}

/** Whether somebody is there to answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && process.env['TERM'] !== 'dumb' && !isCi();
}

/** Whether a question was ended by Ctrl-C, or by the end of the input. */
export function isInterruption(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');
}
