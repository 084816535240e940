/** What a plain scalar means. Infinities and NaN are numbers here; JSON has none, so that the caller must refuse them. */
export type Resolved = null | boolean | number | bigint | string;

/** The types that a scalar can be asked to be with a tag such as `!!int`. */
export type ScalarTag = 'str' | 'bool' | 'int' | 'float' | 'null' | 'timestamp';

const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const NULL = ['', '~', 'null', 'Null', 'NULL'];

const WORDS: ReadonlyMap<string, Resolved> = new Map<string, Resolved>([
  ...TRUE.map((word) => [word, true] as const),
  ...FALSE.map((word) => [word, false] as const),
  ...NULL.map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

const LOWEST_INTEGER = -(2n ** 63n);
const HIGHEST_INTEGER = 2n ** 64n - 1n;

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
/** Sign behind the prefix: a corner that Go reads too. */
const SIGNED_BINARY = /^0b([-+])([01]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** With a leading dot, underscores may stand between digits only. */
const DOT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const TIMESTAMP =
  /^[0-9]{4}-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:(?:[Tt](?<t>[0-9:.,]+)(?:Z|[-+](?<zone>[0-9]{2}:[0-9]{2})))|(?: (?<s>[0-9:.,]+)))?$/;

/** Reads a plain scalar the way sigs.k8s.io/yaml does: YAML 1.1's words, `0644` octal, `1_000`, but no base 60. */
export function resolvePlain(text: string): Resolved {
  const first = text.charCodeAt(0);
  // Most scalars are words that begin with none of the characters that could make them something else.
  if (first > 0x39 && !MAY_BE_WORD.has(first)) return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (first === DOT) return DOT_FLOAT.test(text) ? (finite(text) ?? text) : text;
  if (first === PLUS || first === MINUS || (first >= ZERO && first <= NINE)) return resolveNumber(text.replaceAll('_', '')) ?? text;
  return text;
}

const MAY_BE_WORD: ReadonlySet<number> = new Set([...WORDS.keys()].map((word) => word.charCodeAt(0)));
const [DOT, PLUS, MINUS, ZERO, NINE] = [0x2e, 0x2b, 0x2d, 0x30, 0x39];

function resolveNumber(digits: string): number | bigint | undefined {
  const integer = INTEGER.exec(digits) ?? signedBinary(digits);
  if (integer) {
    const [, sign, hex, binary, octal, decimal = '0'] = integer;
    const size = hex ? `0x${hex}` : binary ? `0b${binary}` : octal ? `0o${octal}` : decimal;
    const value = exact(sign === '-', size);
    if (value !== undefined) return value;
  }
  return FLOAT.test(digits) ? finite(digits) : undefined;
}

function signedBinary(digits: string): readonly (string | undefined)[] | undefined {
  const found = SIGNED_BINARY.exec(digits);
  return found ? [found[0], found[1], undefined, found[2]] : undefined;
}

/** An integer that fits 64 bits, as a number where that is exact. Go reads larger ones as floating point. */
function exact(isNegative: boolean, size: string): number | bigint | undefined {
  const short = Number(size);
  if (Number.isSafeInteger(short)) return isNegative && short !== 0 ? -short : short;
  // Far beyond 64 bits, digits may be many: they are not worth reading.
  if (short > 2e19) return undefined;
  const value = isNegative ? -BigInt(size) : BigInt(size);
  return value >= LOWEST_INTEGER && value <= HIGHEST_INTEGER ? value : undefined;
}

/** What overflows is no number for Go. */
function finite(text: string): number | undefined {
  const value = Number(text.replaceAll('_', ''));
  return Number.isFinite(value) ? value : undefined;
}

/** Reads any scalar, quoted or not, as the type that its tag asks for; `undefined` if it cannot be one. */
export function resolveTagged(tag: ScalarTag, text: string): Resolved | undefined {
  if (tag === 'str') return text;
  if (tag === 'timestamp') return isTimestamp(text) ? text : undefined;
  const value = resolvePlain(text);
  switch (tag) {
    case 'null':
      return value === null ? null : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'int':
      return isInteger(value, text) ? value : undefined;
    case 'float':
      return typeof value === 'number' || (typeof value === 'bigint' && value < 2n ** 63n) ? Number(value) : undefined;
    default:
      return tag satisfies never;
  }
}

function isInteger(value: Resolved, text: string): value is number | bigint {
  if (typeof value === 'bigint') return true;
  const digits = text.replaceAll('_', '');
  return typeof value === 'number' && (INTEGER.test(digits) || SIGNED_BINARY.test(digits)) && Number.isSafeInteger(value);
}

function isTimestamp(text: string): boolean {
  const groups = TIMESTAMP.exec(text)?.groups;
  if (!groups) return false;
  const { month, day, t, s, zone } = groups;
  const time = t ?? s;
  const isZone = zone === undefined || /^(?:[01][0-9]|2[0-4]):[0-5][0-9]$/.test(zone);
  return isZone && isDate(Number(text.slice(0, 4)), { month: Number(month), day: Number(day) }) && (time === undefined || CLOCK.test(time));
}

const CLOCK = /^(?:[01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9](?:[.,][0-9]+)?$/;

function isDate(year: number, { month, day }: { readonly month: number; readonly day: number }): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A scalar as a key of a JSON object, the way sigs.k8s.io/yaml writes it; `undefined` where it refuses (null, integers above 63 bits). */
export function keyText(value: Resolved, source: string): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return value < 2n ** 63n ? value.toString() : undefined;
    case 'number':
      return isInteger(value, source) ? value.toString() : floatKey(value);
    default:
      return undefined;
  }
}

/** The shortest text of a 32-bit float, with an exponent below 1e-4 and from 1e6 on: Go's format 'g'. */
function floatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits += 1;
  const [mantissa = '', exponent = '0'] = single.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(single.toPrecision(digits)));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
