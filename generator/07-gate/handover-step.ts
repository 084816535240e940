import type { GeneratedFile } from '../model/file.ts';
import type { HandoverStage } from '../model/handover.ts';
import type { RepoPath } from '../model/source.ts';
import type { AgentSwitch } from './agent-switches.ts';
import type { ReadReference } from './old-references.ts';

/** What is known of a cluster's old agents. */
export interface Progress {
  /** All of their references. */
  readonly all: readonly ReadReference[];
  /** Those that apply objects which are wanted on. */
  readonly holding: readonly ReadReference[];
  /** Of these, those that the cluster was not seen to have in the form that leaves objects. */
  readonly waiting: readonly ReadReference[];
  /** No old agent is there any more, nor a reference that would delete. */
  readonly isGone: boolean;
}

/** One cluster's step. */
export interface Step {
  readonly one: AgentSwitch;
  readonly stage: HandoverStage;
  readonly progress: Progress;
  /** References that are now told to leave their objects. */
  readonly files: readonly GeneratedFile[];
  /** References without which nobody can tell what the old agent will do. */
  readonly lost: readonly LostReference[];
}

export interface LostReference {
  readonly path: RepoPath;
  /** `unmarked`: it stands there, and is not ours to change. */
  readonly how: 'missing' | 'unmarked';
}
