import type { TokenScalar } from './token-scalars.ts';
import { type Parts, type Scalar, scalarText } from './tokens.ts';

/**
 * What is written for a token: its value, or the token itself. `isBare`: the token of a number or boolean, which is not quoted: kustomize keeps
 * the style of a scalar when it sets another value.
 */
export interface BoundToken {
  readonly value: Scalar;
  readonly isBare?: boolean;
}

export type Bound = (token: number) => BoundToken;

/** A scalar; an inline patch of a kustomization is YAML in YAML and has scalars of its own. */
export interface SplicedScalar extends TokenScalar {
  readonly inner?: readonly TokenScalar[];
}

/**
 * Puts values into the scalars of a YAML or JSON text; the rest of the text stays as it is. What is put in is written so that every YAML and
 * JSON reader takes it as one scalar of its type, wherever it stands.
 */
export function splice(text: string, { scalars, bound }: { readonly scalars: readonly SplicedScalar[]; readonly bound: Bound }): string {
  let result = '';
  let done = 0;
  for (const scalar of scalars) {
    // A block scalar's range holds the line break behind it.
    const lineBreak = text.slice(scalar.start, scalar.end).endsWith('\n') ? '\n' : '';
    result += text.slice(done, scalar.start) + splicedScalar(scalar, bound) + lineBreak;
    done = scalar.end;
  }
  return result + text.slice(done);
}

function splicedScalar({ parts, style, inner, text }: SplicedScalar, bound: Bound): string {
  if (inner) return quoteText(splice(text, { scalars: inner, bound }));
  const [only] = parts;
  if (typeof only !== 'number' || parts.length > 1 || style !== 'plain') return quoteText(spliceText(parts, bound));
  const { value, isBare } = bound(only);
  return isBare === true ? scalarText(value) : writeScalar(value);
}

/** Puts values into a text that is no YAML. */
export function spliceText(parts: Parts, bound: Bound): string {
  return parts.map((part) => (typeof part === 'string' ? part : scalarText(bound(part).value))).join('');
}

/** A scalar that YAML 1.1, 1.2 and JSON read alike. */
export function writeScalar(value: Scalar): string {
  return typeof value === 'string' ? quoteText(value) : String(value);
}

/** What JSON leaves as it is and some YAML readers refuse or take for line breaks: written as escapes. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Halves of surrogate pairs are no characters, and no reader takes them. */
export function quoteText(text: string): string {
  const characters = JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd'));
  return characters.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
