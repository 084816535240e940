import type { Delivery } from '../../model/api.generated.ts';

/** A Flux release, major and minor. */
export interface FluxVersion {
  readonly major: number;
  readonly minor: number;
}

/** The newest `major.minor` whose fields are known here; a later one is treated alike. */
export const NEWEST_FLUX = '2.9';

/** Flux 2.0 is the first whose v1 APIs are those written here. */
export const OLDEST: FluxVersion = { major: 2, minor: 0 };
export const NEWEST: FluxVersion = toVersion(NEWEST_FLUX);

/**
 * Fields and values that are younger than Flux 2.0, with the release that brought them. Sources: kustomize-controller's changelog, 1.5.0 (Flux 2.5)
 * and 1.6.0 (Flux 2.6). Whatever else is written is in 2.0 already.
 */
const SINCE: ReadonlyMap<string, FluxVersion> = new Map([
  ['deletionPolicy', { major: 2, minor: 5 }],
  ['deletionPolicy: WaitForTermination', { major: 2, minor: 6 }],
]);

/** From `major.minor` or `major.minor.patch`. */
export function toVersion(text: string): FluxVersion {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return { major, minor };
}

export function formatVersion({ major, minor }: FluxVersion): string {
  return `${major}.${minor}`;
}

export function isOlder(a: FluxVersion, b: FluxVersion): boolean {
  return a.major === b.major ? a.minor < b.minor : a.major < b.major;
}

export interface UnknownField {
  readonly field: keyof Delivery;
  /** As people wrote it, such as `deletionPolicy: WaitForTermination`. */
  readonly written: string;
  readonly since: FluxVersion;
}

/** What a delivery asks for that the agent does not know. An unknown field makes the whole sync fail, so that none may be written. */
export function unknownFields(delivery: Delivery, version: FluxVersion): readonly UnknownField[] {
  return (Object.entries(delivery) as [keyof Delivery, string | boolean][]).flatMap(([field, value]) => {
    const written = `${field}: ${value}`;
    // Any version's default, and never written.
    if (written === 'deletionPolicy: MirrorPrune') return [];
    const since = SINCE.get(written) ?? SINCE.get(field);
    return since && isOlder(version, since) ? [{ field, written, since }] : [];
  });
}
