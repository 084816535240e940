import { quote } from '../lib/describe.ts';
import { nearestName } from '../lib/did-you-mean.ts';

/** Why an answer cannot be used, and what could be. */
export interface Problem {
  /** Ends a sentence: `Cannot use --provider "Edge": …`. */
  readonly reason: string;
  readonly hint?: string;
}

/** Judges an answer; `undefined` if it can be used. */
export type Judge = (text: string) => Problem | undefined;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** A DNS label, as names in intents are. */
export function judgeName(longest = 63): Judge {
  return (text) => {
    if (LABEL.test(text) && text.length <= longest) return undefined;
    if (text === '') return { reason: 'a name is needed' };
    const near = slugOf(text, longest);
    const hint = near === undefined ? 'Use a name such as "shop-1"' : `Did you mean "${near}"?`;
    if (text.length > longest) return { reason: `it has more than ${longest} characters`, hint };
    return { reason: 'a name has lower-case letters, digits and "-", and begins and ends with a letter or digit', hint };
  };
}

function slugOf(text: string, longest: number): string | undefined {
  const slug = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? undefined : slug;
}

/** One of some names. `making` says how to make another. */
export function judgeKnown(known: readonly string[], { what, making }: { readonly what: string; readonly making: string }): Judge {
  return (text) => {
    if (known.includes(text)) return undefined;
    const near = nearestName(text, known);
    const list = `${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}`;
    const hint =
      near !== undefined
        ? `Did you mean "${near}"?`
        : known.length === 0
          ? making
          : `Name one of these: ${list}${making === '' ? '' : `; or ${lower(making)}`}`;
    return { reason: `there is no ${what} of that name`, hint };
  };
}

function lower(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** `key=value`, a label in Kubernetes' syntax. */
export const judgeLabel: Judge = (text) => {
  const [key, value] = splitPair(text);
  if (value === undefined) return { reason: 'a label is key=value', hint: 'Give one such as "env=production"' };
  if (!isLabelKey(key)) return { reason: `${quote(key)} is no label key`, hint: 'Use letters, digits, "-", "_" and "."' };
  return VALUE.test(value)
    ? undefined
    : { reason: `${quote(value)} is no label value`, hint: 'Use at most 63 letters, digits, "-", "_" and "."' };
};

/** `key` or `key=value`, several with commas. */
export const judgeLabels: Judge = (text) => {
  for (const part of text.split(',')) {
    const problem = judgeLabel(part.includes('=') ? part : `${part}=`);
    if (problem) return problem;
  }
  return undefined;
};

function isLabelKey(key: string): boolean {
  return key.length <= 317 && KEY.test(key);
}

/** `name=value`, a cluster variable. */
export const judgeVariable: Judge = (text) => {
  const [name, value] = splitPair(text);
  if (value === undefined) return { reason: 'a variable is name=value', hint: 'Give one such as "ingressDomain=dublin.example.net"' };
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(name)
    ? judgeText(value)
    : { reason: `${quote(name)} is no variable name`, hint: 'Begin with a letter, and use letters, digits and "_"' };
};

/** One line of visible text. */
export const judgeText: Judge = (text) =>
  /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(text) ? { reason: 'it holds invisible characters or line breaks' } : undefined;

/** The two sides of the first `=`; without one there is no second. */
export function splitPair(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Where agents pull from. */
export const judgeGitUrl: Judge = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:', 'ssh:'].includes(url.protocol) || url.hostname === '')
    return { reason: 'it is no HTTPS or SSH address', hint: hintForScp(text) };
  const isUserOnly = url.protocol === 'ssh:' && url.password === '';
  if (!isUserOnly && (url.username !== '' || url.password !== ''))
    return { reason: 'it holds a user or password', hint: 'Leave it out; credentials belong into a Secret that the agent reads' };
  return /\s/.test(text) ? { reason: 'it holds spaces' } : judgeText(text);
};

function hintForScp(text: string): string {
  const [, host, path] = /^(?:ssh:\/\/)?([\w.-]+@[\w.-]+):([\w./-]+)$/.exec(text) ?? [];
  return host === undefined || path === undefined
    ? 'Give one such as https://github.com/example/fleet'
    : `Write it as ssh://${host}/${path.replace(/^\//, '')}`;
}

const BRANCH = /^(?![-/.])(?!.*(?:\.\.|\/\/|@\{|\.lock$|[/.]$))[^\s~^:?*[\\\p{Cc}\p{Cf}]+$/u;

export const judgeBranch: Judge = (text) => (BRANCH.test(text) ? undefined : { reason: 'it is no branch name' });
