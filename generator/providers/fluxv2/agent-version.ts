import type { Delivery } from '../../model/api.generated.ts';
import type { KnownCluster } from '../../model/intents.ts';
import { agentOf, NEWEST_VERSION } from './agent.ts';

/** A Flux release, major and minor. */
export interface AgentVersion {
  readonly major: number;
  readonly minor: number;
}

/** Flux 2.0 is the first whose v1 APIs are those written here. */
export const OLDEST: AgentVersion = { major: 2, minor: 0 };
/** The newest whose fields are known here; a later one is treated alike. */
export const NEWEST: AgentVersion = toVersion(NEWEST_VERSION);

/**
 * Fields and values that are younger than Flux 2.0, with the release that brought them. Sources: kustomize-controller's changelog, 1.5.0 (Flux 2.5)
 * and 1.6.0 (Flux 2.6). Whatever else is written is in 2.0 already.
 */
const SINCE: ReadonlyMap<string, AgentVersion> = new Map([
  ['deletionPolicy', { major: 2, minor: 5 }],
  ['deletionPolicy: WaitForTermination', { major: 2, minor: 6 }],
]);

export function agentVersion(cluster: KnownCluster): AgentVersion {
  return toVersion(agentOf(cluster).version);
}

function toVersion(text: string): AgentVersion {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return { major, minor };
}

export function formatVersion({ major, minor }: AgentVersion): string {
  return `${major}.${minor}`;
}

export function isOlder(a: AgentVersion, b: AgentVersion): boolean {
  return a.major === b.major ? a.minor < b.minor : a.major < b.major;
}

export interface UnknownField {
  readonly field: keyof Delivery;
  /** As people wrote it, such as `deletionPolicy: WaitForTermination`. */
  readonly written: string;
  readonly since: AgentVersion;
}

/** What a delivery asks for that the agent does not know. An unknown field makes the whole sync fail, so that none may be written. */
export function unknownFields(delivery: Delivery, version: AgentVersion): readonly UnknownField[] {
  return (Object.entries(delivery) as [keyof Delivery, string | boolean][]).flatMap(([field, value]) => {
    const written = `${field}: ${value}`;
    // Any version's default, and never written.
    if (written === 'deletionPolicy: MirrorPrune') return [];
    const since = SINCE.get(written) ?? SINCE.get(field);
    return since && isOlder(version, since) ? [{ field, written, since }] : [];
  });
}
