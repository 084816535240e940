import type { Json, JsonObject } from '../../model/json.ts';
import type { Place } from '../import-report.ts';
import type { ClusterName, Unit } from './model.ts';

/** An app as it is going to be written. */
export interface AppWish {
  readonly namespace: string;
  readonly deployment: string;
  readonly name: string;
  readonly clusters: readonly ClusterName[];
  readonly unit: string;
  /** What others call it that wait for it. */
  readonly names: readonly string[];
  /** `source`, `values`, `customize`. */
  readonly app: JsonObject;
  readonly dependsOn: readonly { readonly on: string; readonly place: Place; readonly title: string }[];
  readonly delivery: readonly Readonly<Record<string, Json | undefined>>[];
  readonly units: readonly Unit[];
  readonly place: Place;
  readonly title: string;
  readonly isChart: boolean;
}
