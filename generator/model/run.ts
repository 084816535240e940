import type { ChangeSet } from './change.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Removal } from './removal.ts';
import type { SourceFile } from './source.ts';
import type { BuildCache, Kustomizer, Progress } from './ports.ts';

/** What one run is asked for. */
export interface RunRequest {
  /** Folder that holds `intents/`, `templates/` and `clusters/`. */
  readonly root: string;
  /** An error holds what it reaches and the rest proceeds; otherwise any error stops everything. */
  readonly isolate: boolean;
  /** A deployment (`[namespace/]name`) or a cluster (`provider+name` or name): all else is kept as committed. */
  readonly only?: string;
  readonly binding: 'late' | 'early';
  /** New files of `intents/` and `templates/apps/` that are not on disk: the run is as if they were. */
  readonly proposed?: readonly SourceFile[];
}

export interface RunResult {
  readonly diagnostics: readonly Diagnostic[];
  /** `undefined`: nothing may be written. */
  readonly changeSet: ChangeSet | undefined;
  /** What the change set takes away from clusters, by context and app. */
  readonly removals: readonly Removal[];
  /** How many instances are wanted. */
  readonly instances: number;
}

/** What a pipeline is made of. */
export interface PipelineOptions {
  readonly kustomizer: Kustomizer;
  readonly cache?: BuildCache;
  readonly progress?: Progress;
}

/** All steps up to the plan. Keeps what it rendered between runs (watch mode); writes nothing. */
export interface Pipeline {
  run(request: RunRequest): Promise<RunResult>;
  close(): Promise<void>;
}
