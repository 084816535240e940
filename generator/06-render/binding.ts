import { mentions, type Scalar } from './tokens.ts';
import type { Style } from './token-scalars.ts';

/**
 * When a token gets its value. `early`: before kustomize, which computes with what stands there. The others: after it, as long as the value
 * is one that kustomize would have passed through as it is; `text` and `image` name places where it takes only strings, or only parts of
 * image names; `replaced` places where kustomize may set another value, and keeps the style (quoted or not) of the one before it.
 */
export type Position = 'early' | 'late' | 'text' | 'image' | 'replaced';

/** A token's place, and whether its value keeps its type there. */
export interface TokenPlace {
  readonly position: Position;
  readonly style: Style | 'part';
}

const LONGEST = 1000;
// No control characters, line breaks or halves of surrogate pairs: emitters have their own ideas about these.
const PRINTABLE = /^[\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]+$/u;
const IMAGE_PART = /^\w[\w./:-]*$/;
/** Written without quotes by Go's emitter, as a token is. Words that YAML 1.1 takes for something else are quoted. */
const UNQUOTED = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][\w./-]*$/i;

/** Whether a value may be put in after kustomize. An empty one or a null would have changed what kustomize does. */
export function isLate(value: Scalar, { position, style }: TokenPlace): boolean {
  if (position === 'early' || value === null || typeof value === 'bigint') return false;
  if (typeof value === 'number' && (!Number.isSafeInteger(value) || Object.is(value, -0))) return false;
  const isTyped = style === 'plain' && typeof value !== 'string';
  if (position !== 'late' && isTyped) return false;
  const text = String(value);
  if (position === 'replaced') return UNQUOTED.test(text) && text.length <= LONGEST;
  return position === 'image' ? IMAGE_PART.test(text) : text.length <= LONGEST && PRINTABLE.test(text) && !mentions(text, '$(');
}
