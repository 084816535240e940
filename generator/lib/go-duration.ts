/** Nanoseconds of the units that a duration may be written in. */
const UNITS = { ms: 1_000_000n, s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n } as const;

/** A duration as Go prints it (`time.Duration.String`), which is how the API server and Flux write it: `90m` is `1h30m0s`. */
export function goDuration(text: string): string {
  // A fleet has few durations, and writes each of them for every app.
  const known = written.get(text);
  if (known !== undefined) return known;
  if (written.size >= MOST_KEPT) written.clear();
  const duration = toDuration(text);
  written.set(text, duration);
  return duration;
}

/** A duration in whole seconds, rounded up, at least one: what Azure takes. */
export function wholeSeconds(text: string): number {
  return Math.max(1, Number((nanoseconds(text) + UNITS.s - 1n) / UNITS.s));
}

const MOST_KEPT = 1000;
const written = new Map<string, string>();

function toDuration(text: string): string {
  const total = nanoseconds(text);
  if (total === 0n) return '0s';
  if (total < UNITS.s) return subSecond(total);
  const hours = total / UNITS.h;
  const minutes = (total % UNITS.h) / UNITS.m;
  const seconds = `${decimal(total % UNITS.m, UNITS.s)}s`;
  if (hours > 0n) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0n ? `${minutes}m${seconds}` : seconds;
}

function nanoseconds(text: string): bigint {
  let total = 0n;
  for (const [, whole = '0', fraction = '', unit] of text.matchAll(/([0-9]+)(?:\.([0-9]+))?(ms|s|m|h)/g)) {
    const scale = UNITS[unit as keyof typeof UNITS];
    total += BigInt(whole) * scale + (BigInt(`0${fraction}`) * scale) / 10n ** BigInt(fraction.length);
  }
  return total;
}

function subSecond(total: bigint): string {
  if (total >= UNITS.ms) return `${decimal(total, UNITS.ms)}ms`;
  return total >= 1000n ? `${decimal(total, 1000n)}µs` : `${total}ns`;
}

function decimal(value: bigint, unit: bigint): string {
  const rest = value % unit;
  if (rest === 0n) return `${value / unit}`;
  const digits = rest
    .toString()
    .padStart(unit.toString().length - 1, '0')
    .replace(/0+$/, '');
  return `${value / unit}.${digits}`;
}
