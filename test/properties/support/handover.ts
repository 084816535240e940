import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { referenceObject } from '../../../generator/lib/reference-object.ts';
import { printYaml } from '../../../generator/lib/yaml/print.ts';
import type { JsonObject } from '../../../generator/model/json.ts';
import type { RunResult } from '../../../generator/model/run.ts';
import { ownerOf } from '../../../generator/08-layout/owner-of.ts';
import { providers } from '../../../generator/providers/registry.ts';
import type { RepoPath } from '../../../generator/model/source.ts';
import type { Tree, Workspace } from './workspace.ts';

/** What one would see on a cluster that has applied the tree. */
export function seenIn(tree: Tree, cluster: string, agents: readonly string[]): JsonObject {
  const items = [...tree].flatMap(([path, text]) => {
    if (!path.startsWith(`clusters/${cluster}/`) || path.includes('/context/')) return [];
    const object = ownerOf(path as RepoPath, providers)?.kind === 'instance' ? referenceObject(text) : undefined;
    return object ? [object] : [];
  });
  return { apiVersion: 'espalier.dev/v1alpha1', kind: 'Seen', cluster, agents, references: { items } };
}

/** Writes what was seen on clusters, and gives the file's place. */
export async function writeSeen(workspace: Workspace, documents: readonly JsonObject[]): Promise<string> {
  await workspace.add({ 'seen.yaml': documents.map((document) => printYaml(document)).join('---\n') });
  return join(workspace.root, 'seen.yaml');
}

/** Takes every handover to its end, as people do: looks, stops the old agents, and deletes what only a person may delete. */
export async function finishHandovers(workspace: Workspace, result: RunResult): Promise<RunResult> {
  let last = result;
  // What was refused goes nowhere.
  for (let step = 0; last.changeSet && last.handovers.length > 0; step += 1) {
    if (step > 4) throw new Error(`a handover without an end: ${JSON.stringify(last.handovers)}`);
    const tree = await workspace.tree();
    const documents = last.handovers.map(({ cluster, from, stage }) =>
      seenIn(tree, cluster, stage === 'release' && step === 0 ? from : []),
    );
    for (const { cluster } of last.handovers)
      await rm(join(workspace.root, `clusters/${cluster}/flux-system/gotk-sync.yaml`), { force: true });
    last = await workspace.generate({ seen: await writeSeen(workspace, documents) });
  }
  return last;
}
