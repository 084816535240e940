/** Talking to the rig's API server with the real kubectl. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import type { Rig } from './rig.ts';
import type { TreeObject } from './tree.ts';

const POLL_MS = 500;

export interface LiveObject extends TreeObject {
  readonly metadata: TreeObject['metadata'] & { readonly labels?: Readonly<Record<string, string>> };
}

export interface LiveKustomization extends LiveObject {
  readonly spec: { readonly serviceAccountName?: string };
  readonly status?: {
    readonly lastAppliedRevision?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason: string; readonly message: string }[];
    readonly inventory?: { readonly entries?: readonly { readonly id: string }[] };
  };
}

export interface Cluster {
  kubectl(...args: readonly string[]): Promise<string>;
  apply(objects: readonly unknown[]): Promise<void>;
  /** The objects that `kubectl get ARGS` lists. */
  list<T extends LiveObject>(...args: readonly string[]): Promise<readonly T[]>;
}

export function connect({ bin, kubeconfig }: Rig): Cluster {
  const run = execa({ env: { KUBECONFIG: kubeconfig } });
  const program = join(bin, 'kubectl');
  return {
    kubectl: async (...args) => (await run(program, args)).stdout,
    apply: async (objects) => {
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
      await run({ input: list })(program, ['apply', '--server-side', '-f', '-']);
    },
    list: async <T extends LiveObject>(...args: readonly string[]) => {
      const { stdout } = await run(program, ['get', '--output', 'json', ...args]);
      return (JSON.parse(stdout) as { readonly items: readonly T[] }).items;
    },
  };
}

/** Why a Kustomization is not ready; nothing if it is. */
export function unready(object: LiveKustomization): string | undefined {
  const ready = object.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready === undefined) return 'no status yet';
  return ready.status === 'True' ? undefined : `${ready.reason}: ${ready.message}`;
}

/** Asks until the answer is empty or the seconds are over; returns the last answer. */
export async function untilNone(seconds: number, ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const findings = await ask();
    if (findings.length === 0 || performance.now() > deadline) return findings;
    await pause(POLL_MS);
  }
}
