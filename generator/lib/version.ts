/** The numbers of `major.minor` or `major.minor.patch`; `undefined` for anything else. */
export function parseVersion(text: string): readonly number[] | undefined {
  return /^[0-9]+\.[0-9]+(?:\.[0-9]+)?$/.test(text) ? text.split('.').map(Number) : undefined;
}

/** Negative if `a` is the older. What is missing counts as 0, what is no version as the oldest. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [parseVersion(a) ?? [-1], parseVersion(b) ?? [-1]];
  for (let index = 0; index < 3; index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a whole version is one of those asked for: exactly it, or any patch of a `major.minor`. */
export function fitsVersion(version: string, asked: string): boolean {
  return version === asked || (parseVersion(asked)?.length === 2 && version.startsWith(`${asked}.`));
}
