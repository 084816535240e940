import type { ClusterId, InstanceKey } from './context.ts';
import type { GeneratedFile } from './file.ts';
import type { ProviderType } from './provider.ts';
import type { Reason } from './change.ts';

/**
 * How far a cluster has come on its way from one agent to another:
 * `release`: nothing changes but references, which are told to leave their objects;
 * `beside`: the new agent's files come and the old one's references go, while what the old one reads first stays until it was stopped;
 * `swap`: the old agent is gone, and so is everything of it.
 */
export type HandoverStage = 'release' | 'beside' | 'swap';

/** One cluster whose agent changes. */
export interface Handover {
  readonly cluster: ClusterId;
  /** Agents whose files stand in the tree. */
  readonly from: readonly ProviderType[];
  readonly to: ProviderType;
  readonly stage: HandoverStage;
  /** References of the old agents. */
  readonly references: number;
  /** How many of these `--seen` shows as applied in the form that leaves objects. */
  readonly released: number;
}

/** What stays of a cluster's own files although it is not wanted: everything, or what lies in the folders and at the paths of these agents alone. */
export type KeptFiles = 'all' | ((path: string) => boolean);

export interface Handovers {
  readonly clusters: readonly Handover[];
  /** Why instances stay as committed. */
  readonly held: ReadonlyMap<InstanceKey, Reason>;
  /** References in the form that leaves objects, though their instances stay as committed. */
  readonly files: ReadonlyMap<ClusterId, readonly GeneratedFile[]>;
  readonly kept: ReadonlyMap<ClusterId, KeptFiles>;
  /** Which paths below a cluster's folder are its old agents'; the new one starts as if they were not there. */
  readonly old: ReadonlyMap<ClusterId, (path: string) => boolean>;
  /** Instances whose agent is gone, so that nobody deletes their objects. */
  readonly abandoned: ReadonlySet<ClusterId>;
}
