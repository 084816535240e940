import type { StampedInstance } from '../model/render.ts';
import type { Origin } from './directory.ts';

/** An instance to be written, and all that its reference depends on. */
export interface Member {
  readonly stamped: StampedInstance;
  readonly origin: Origin;
  /** The same object as long as everything that the origin asks for stays. */
  readonly wish: object;
  /** Apps that come first on this cluster. */
  readonly dependsOn: string;
}
