import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Asker, Choice } from '../../io/ask.ts';
import { quote } from '../../lib/describe.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Judge } from '../../scaffold/judge.ts';

interface Question {
  /** As it would be given: `--provider`, `<name>`. */
  readonly flag: string;
  readonly message: string;
  /** What was given, if anything was. */
  readonly given: string | undefined;
  /** Taken where nobody can be asked; suggested where somebody can. */
  readonly fallback?: string | undefined;
  readonly judge: Judge;
  /** What to do where the answer is missing. */
  readonly hint?: string | undefined;
}

interface ChoiceQuestion extends Question {
  readonly choices: readonly Choice[];
}

interface ListQuestion extends Omit<Question, 'given' | 'fallback'> {
  readonly given: readonly string[];
  /** Asked for in one line, with commas between. */
  readonly isAsked: boolean;
}

/** Answers from flags, from a person, or from what is usual, each held to its rule. Whatever is wrong or missing is collected. */
export interface Answers {
  text(question: Question): Promise<string | undefined>;
  choice(question: ChoiceQuestion): Promise<string | undefined>;
  list(question: ListQuestion): Promise<readonly string[]>;
  /** What is wrong so far; with anything in it, nothing can be made. */
  readonly problems: readonly Diagnostic[];
  report(problem: Diagnostic): void;
  readonly asker: Asker | undefined;
}

/** `what` is made of the answers: `a cluster`. Without an asker, there is nobody to ask. */
export function createAnswers(what: string, asker: Asker | undefined): Answers {
  const problems: Diagnostic[] = [];
  const accept = (answer: string, { flag, judge }: Pick<Question, 'flag' | 'judge'>): string | undefined => {
    const problem = judge(answer);
    if (!problem) return answer;
    problems.push(diagnose('bad-answer', { flag, answer: quote(answer), reason: problem.reason, hint: problem.hint }, { reach: RUN }));
    return undefined;
  };
  const missing = ({ flag, hint }: Pick<Question, 'flag' | 'hint'>): void => {
    problems.push(diagnose('missing-answer', { what, flag, hint }, { reach: RUN }));
  };
  return {
    problems,
    asker,
    report: (problem) => void problems.push(problem),
    async text(question) {
      const { given, fallback, message } = question;
      if (given !== undefined) return accept(given, question);
      if (asker) return asker.text({ message, suggestion: fallback, complain: complaint(question.judge) });
      if (fallback !== undefined) return accept(fallback, question);
      missing(question);
      return undefined;
    },
    async choice(question) {
      const { given, fallback, message, choices } = question;
      if (given !== undefined) return accept(given, question);
      if (asker && choices.length > 1) return asker.choice({ message, choices });
      const only = fallback ?? (choices.length === 1 ? choices[0]?.value : undefined);
      if (only !== undefined) return accept(only, question);
      missing(question);
      return undefined;
    },
    async list(question) {
      const { given, isAsked, message, judge } = question;
      if (given.length > 0 || !asker || !isAsked) return given.flatMap((answer) => accept(answer, question) ?? []);
      const complain = (line: string): string | undefined =>
        splitList(line)
          .map(complaint(judge))
          .find((reason) => reason !== undefined);
      return splitList(await asker.text({ message, complain }));
    },
  };
}

function complaint(judge: Judge): (answer: string) => string | undefined {
  return (answer) => {
    const problem = judge(answer);
    return problem && [problem.reason, ...(problem.hint === undefined ? [] : [problem.hint])].join('. ');
  };
}

function splitList(line: string): readonly string[] {
  return line
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
