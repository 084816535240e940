import type { App } from '../model/api.generated.ts';
import type { KnownCloud, KnownCluster } from '../model/intents.ts';
import type { Located } from '../model/source.ts';
import type { Fleet } from './fleet.ts';

/** The app that looks for clusters. */
export interface FilterRequest {
  readonly app: Located<App>;
  readonly cloud: KnownCloud;
  readonly fleet: Fleet;
}

/** The reason why a cluster cannot take the app, in words that a person can read aloud; `undefined`: it can. */
export type Ruling = (cluster: KnownCluster) => string | undefined;

/** One rule about which of the selected clusters can take an app. A filter is a file in `filters/` and a row in `filters.ts`. */
export interface Filter {
  readonly name: string;
  /** Called once per app; the verdict it returns is asked once per selected cluster. Both must be pure. */
  readonly prepare: (request: FilterRequest) => Ruling;
}
