import type { JsonObject } from './json.ts';
import type { Locate } from './source.ts';

/** What somebody saw on one cluster. What is absent was not looked at. */
export interface SeenCluster {
  /** The agents that are there, by `gitOpsType`. */
  readonly agents?: ReadonlySet<string>;
  /** Every reference that is there, by `objectKey()`. */
  readonly references?: ReadonlyMap<string, JsonObject>;
  /** Objects that apps may be about to take over, by `objectKey()`. */
  readonly objects?: ReadonlyMap<string, JsonObject>;
  readonly at: Locate;
}

/** By cluster. */
export type Seen = ReadonlyMap<string, SeenCluster>;
