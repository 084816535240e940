import type { Diagnostic } from '../../generator/model/diagnostic.ts';

interface Rule {
  readonly name: string;
  readonly isBroken: (sentence: string) => boolean;
}

/** What can be told of a sentence without understanding it. */
const RULES: readonly Rule[] = [
  { name: 'begins with a capital or a quoted name', isBroken: (sentence) => !/^["A-Z-]/.test(sentence) },
  { name: 'has no final period', isBroken: (sentence) => /[.!]$/.test(sentence.replace(/…$/, '')) },
  { name: 'is one line without controls', isBroken: (sentence) => /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(sentence) },
  { name: 'has all its parts', isBroken: (sentence) => /\b(?:undefined|NaN|\[object)\b|""|\s{2}|\s$/.test(sentence) },
  { name: 'names no place outside of the repository', isBroken: (sentence) => /(?:^|[\s"'(])\/(?:tmp|home|root|work|Users|private|var)\//.test(sentence) },
  { name: 'is short enough to read', isBroken: (sentence) => sentence.length > 400 },
];

/** The rules that a finding's sentences break, with the sentence. */
export function faultsOf({ code, message, hint, related = [] }: Diagnostic): readonly string[] {
  const sentences = [message, ...(hint === undefined ? [] : [hint]), ...related.map((one) => one.message)];
  return sentences.flatMap((sentence) => RULES.filter(({ isBroken }) => isBroken(sentence)).map(({ name }) => `${code}: "${sentence}" ${name}: no`));
}
