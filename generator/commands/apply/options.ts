import type { SharedOptions } from '../cli/command-line.ts';

export interface ApplyOptions extends SharedOptions {
  readonly clusters: 'all' | readonly string[];
  readonly only: readonly string[];
  readonly kubeconfig: string | undefined;
  /** `get` changes nothing, and tells what is there. */
  readonly mode: 'apply' | 'delete' | 'get';
  readonly dryRun: boolean;
  readonly diff: 'short' | 'full' | undefined;
  readonly isConfirmed: boolean;
  readonly pruneAll: boolean;
  readonly deleteData: boolean;
  /** Objects whose fields may be taken over from others: `Kind/namespace/name` or `Kind/name`. */
  readonly force: 'all' | readonly string[];
  readonly allowUncommitted: boolean;
  readonly formerly: string | undefined;
  /** In seconds. */
  readonly timeout: number;
}
