import { isMap, isScalar, isSeq, type Node, Scalar } from 'yaml';
import type { Finding } from './problem.ts';
import { spanOf } from './read-scalar.ts';

/**
 * Mends what the `yaml` package reads differently at the very end of a text, and tells of a quote that it does not miss. A block scalar
 * whose last line has no line break ends without one, as in Go.
 */
export function mendLastLine(contents: Node | null, text: string): Finding | undefined {
  const last = lastScalar(contents);
  if (!last) return undefined;
  const { start, end } = spanOf(last);
  const raw = text.slice(start, end);
  switch (last.type) {
    case Scalar.BLOCK_LITERAL:
    case Scalar.BLOCK_FOLDED:
      if (!text.endsWith('\n') && isOpen(text, raw)) last.source = (last.source ?? '').replace(/\n$/, '');
      return undefined;
    case Scalar.QUOTE_SINGLE:
      return raw.slice(1).replaceAll("''", '').endsWith("'") ? undefined : unclosed(start, end);
    case Scalar.QUOTE_DOUBLE:
      return raw.slice(1).replaceAll(/\\[^]/g, '').endsWith('"') ? undefined : unclosed(start, end);
    default:
      return undefined;
  }
}

function lastScalar(contents: Node | null): Scalar | undefined {
  let node: unknown = contents;
  while (isMap(node) || isSeq(node)) {
    if (isMap(node)) {
      const pair = node.items.at(-1);
      node = pair?.value ?? pair?.key;
    } else node = node.items.at(-1);
  }
  return isScalar(node) ? node : undefined;
}

/** Whether the break that the package adds at the end shows in the value: behind text, and in an empty text that is kept. */
function isOpen(text: string, raw: string): boolean {
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  return lastLine.trim() !== '' || /^[|>][0-9]?\+.*\s*$/.test(raw);
}

function unclosed(start: number, end: number): Finding {
  return { kind: 'syntax', message: 'closing quote is missing', start, end };
}
