import { channel } from 'node:diagnostics_channel';

/** Parts of a run, in order; gate, layout and plan may come again. */
export type Phase = 'read' | 'load' | 'validate' | 'place' | 'bind' | 'render' | 'stamp' | 'gate' | 'layout' | 'plan' | 'write' | 'report';

const phases = channel('espalier:phase');

/** Tells whoever listens on the channel `espalier:phase` that a part of the run begins, and the one before ends. Nobody listens unless `npm run bench` does. */
export function begin(phase: Phase): void {
  if (phases.hasSubscribers) phases.publish(phase);
}
