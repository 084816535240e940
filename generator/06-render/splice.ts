import type { TokenScalar } from './token-scalars.ts';
import { type Parts, type Scalar, scalarText, tokenText } from './tokens.ts';

/** A value for a token, or `undefined` if the token stays. */
export type Bound = (token: number) => { readonly value: Scalar } | undefined;

interface Binding {
  readonly prefix: string;
  readonly bound: Bound;
}

/** A scalar; an inline patch of a kustomization is YAML in YAML and has scalars of its own. */
export interface SplicedScalar extends TokenScalar {
  readonly inner?: readonly TokenScalar[];
}

/**
 * Puts values into the scalars of a YAML or JSON text; the rest of the text stays as it is. What is put in is written so that every YAML and
 * JSON reader takes it as one scalar of its type, wherever it stands.
 */
export function splice(text: string, { scalars, ...binding }: Binding & { readonly scalars: readonly SplicedScalar[] }): string {
  let result = '';
  let done = 0;
  for (const scalar of scalars) {
    const written = splicedScalar(scalar, binding);
    if (written === undefined) continue;
    // A block scalar's range holds the line break behind it.
    const lineBreak = text.slice(scalar.start, scalar.end).endsWith('\n') ? '\n' : '';
    result += text.slice(done, scalar.start) + written + lineBreak;
    done = scalar.end;
  }
  return result + text.slice(done);
}

function splicedScalar({ parts, style, inner, text }: SplicedScalar, binding: Binding): string | undefined {
  const values = parts.map((part) => (typeof part === 'number' ? binding.bound(part) : undefined));
  if (values.every((value) => value === undefined)) return undefined;
  if (inner) return quoteText(splice(text, { scalars: inner, ...binding }));
  const [only] = values;
  return only && parts.length === 1 && style === 'plain' ? writeScalar(only.value) : quoteText(spliceText(parts, binding));
}

/** Puts values into a text that is no YAML. */
export function spliceText(parts: Parts, { prefix, bound }: Binding): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = bound(part);
      return value ? scalarText(value.value) : tokenText(prefix, part);
    })
    .join('');
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
