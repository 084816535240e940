/**
 * Whether a text can stand without quotes and is still the same text to every reader: YAML 1.1 as written, go-yaml 2 and 3, YAML 1.2.
 * In doubt it says no.
 */
export function isPlain(text: string): boolean {
  if (!SIMPLE.test(text) && !isPlainSyntax(text)) return false;
  return text.length <= LONGEST_WORD ? !WORDS.has(text.toLowerCase()) && !isNumberOrDate(text) : !isNumberOrDate(text);
}

/** What most names, images and versions are made of. */
const SIMPLE = /^[A-Za-z0-9_/](?:[\w./-]|:(?=[\w./-]))*$/;

const PRINTABLE = /^[\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u;
const FORBIDDEN_START = /^(?:[\s,[\]{}#&*!|>'"%@`?:]|-(?:\s|$|--)|\.\.\.)/;

/** Neither indicators nor anything else that ends a plain scalar in block style. */
function isPlainSyntax(text: string): boolean {
  return !FORBIDDEN_START.test(text) && !/: |:$| #| $/.test(text) && PRINTABLE.test(text);
}

const WORDS: ReadonlySet<string> = new Set('y n yes no on off true false null ~ .nan .inf -.inf +.inf << ='.split(' ').concat(''));
const LONGEST_WORD = 5;

/** Integers of any base, floats, base 60 and dates, with some that only look like it. */
const NUMBER = /^[-+]*(?:0x[\da-f]*|0o[\d]*|0b[-+]?\d*|(?:\d+(?:\.\d*)?|\.\d*)(?:e[-+]?\d*)?|e[-+]?\d+|\d+(?::\d+)+(?:\.\d*)?)$/i;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]|$)/;

function isNumberOrDate(text: string): boolean {
  if (!/^[-+.\deE]/.test(text)) return false;
  return NUMBER.test(text.replaceAll('_', '')) || DATE.test(text);
}
