/** An amount in billionths of its unit, the finest that Kubernetes keeps. */
export type Nano = bigint;

const NANO = 1_000_000_000n;
const QUANTITY = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?[0-9]{1,3}))?$/;
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
/** Kubernetes takes no amount beyond 2^63; far more digits would only cost time. */
const MOST_DIGITS = 40;
const LARGEST_EXPONENT = 30;

/**
 * Reads a Kubernetes quantity in any of its notations: `0.5`, `500m`, `1.5Gi`, `2e3`, `1E`. Finer amounts than a billionth are rounded up, as the
 * API server does. `undefined`: it is none. Source: apimachinery, pkg/api/resource/quantity.go.
 */
export function parseQuantity(value: string | number | bigint): Nano | undefined {
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', suffix = '', exponent] = QUANTITY.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === '' || digits.length > MOST_DIGITS || Math.abs(Number(exponent ?? 0)) > LARGEST_EXPONENT) return undefined;
  // A suffix that is not binary is at -1.
  const factor = 1024n ** BigInt(BINARY.findIndex((unit) => unit === suffix) + 1);
  const power = DECIMAL[suffix] ?? Number(exponent ?? 0);
  const amount = scale(BigInt(digits) * factor * NANO, power - fraction.length);
  return sign === '-' ? -amount : amount;
}

/** A number times a power of ten, away from zero where it does not come out even. */
function scale(amount: bigint, power: number): bigint {
  if (power >= 0) return amount * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (amount + divisor - 1n) / divisor;
}

/** As people write it: `1500m`, `2`, and for bytes the largest binary unit that comes out even: `1536Mi`. Finer than a thousandth is rounded up. */
export function formatQuantity(amount: Nano, { isBytes }: { readonly isBytes: boolean }): string {
  const milli = NANO / 1000n;
  if (amount % NANO !== 0n) return `${(amount + (amount > 0n ? milli - 1n : 0n)) / milli}m`;
  const units = amount / NANO;
  if (!isBytes || units === 0n) return units.toString();
  const power = BINARY.findLastIndex((_, index) => units % 1024n ** BigInt(index + 1) === 0n);
  return power < 0 ? units.toString() : `${units / 1024n ** BigInt(power + 1)}${BINARY[power] ?? ''}`;
}

/** Whether a resource is counted in bytes. */
export function isBytes(resource: string): boolean {
  return resource === 'memory' || resource.endsWith('storage') || resource.startsWith('hugepages-');
}
