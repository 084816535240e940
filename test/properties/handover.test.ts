/** No live object changes its owner in one step, whatever agents a cluster is given one after the other, and whatever was seen. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownerOf } from '../../generator/08-layout/owner-of.ts';
import { objectKey, referenceObject } from '../../generator/lib/reference-object.ts';
import type { ProviderType } from '../../generator/model/provider.ts';
import type { RepoPath } from '../../generator/model/source.ts';
import { providers } from '../../generator/providers/registry.ts';
import { providerCases } from '../contract/provider-cases.ts';
import { base } from '../support/check-texts.ts';
import { seenIn, writeSeen } from './support/handover.ts';
import { PATIENCE, trials, useEngine } from './support/pipeline.ts';
import { inWorkspace, type Tree } from './support/workspace.ts';

const { cached } = useEngine();
const CLUSTER = 'lab+bench';

const AGENTS = Object.keys(providerCases) as readonly ProviderType[];

/** What the base lacks of its template. */
const PACKAGE = {
  'templates/apps/web/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [web.yaml]\n',
  'templates/apps/web/web.yaml.hbs':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {host: "{{host}}", tag: "{{tag}}", replicas: "{{replicas}}"}\n',
};

function fleetWith(agent: ProviderType, references: string): Readonly<Record<string, string>> {
  const names = `gitOpsType: ${agent}, gitOpsReferenceObject: ${agent.toLowerCase()}, gitOpsResourceObject: fluxv2`;
  const syncs = AGENTS.map(
    (type) =>
      `apiVersion: espalier.dev/v1alpha1\nkind: SyncObject\nmetadata: {name: ${type.toLowerCase()}}\nspec: ${JSON.stringify({ provider: 'lab', ...providerCases[type].reference })}\n---\n`,
  );
  const spec = agent === 'kubernetes' ? '{provider: lab}' : `{provider: lab, gitOps: {${names}}}`;
  const cluster = `apiVersion: espalier.dev/v1alpha1\nkind: Cluster\nmetadata: {name: bench, labels: {tier: edge}}\nspec: ${spec}\n`;
  const others = Object.fromEntries(
    Object.entries(base)
      .filter(([path]) => !path.includes('cluster'))
      .map(([path, text]) => [path, text.replace('spec:\n  quota', `spec:\n  references: ${references}\n  quota`)]),
  );
  return { ...others, ...PACKAGE, 'intents/clusters.yaml': `${syncs.join('')}${cluster}` };
}

/** References that would delete their objects when they go: by what names them on the cluster. */
function armed(tree: Tree): ReadonlyMap<string, ProviderType> {
  return new Map(
    [...tree].flatMap(([path, text]) => {
      const owner = path.includes('/context/') ? undefined : ownerOf(path as RepoPath, providers);
      const object = owner?.kind === 'instance' ? referenceObject(text) : undefined;
      const key = object && objectKey(object);
      const agent = object && AGENTS.find((type) => (providers[type].release(object) ?? object) !== object);
      return key !== undefined && agent ? [[key, agent] as const] : [];
    }),
  );
}

const step = fc.record({
  agent: fc.constantFrom(...AGENTS),
  seen: fc.constantFrom('nothing', 'all', 'gone', 'wrong'),
  /** Where the cloud has its references, on agents that leave the choice: mostly it stays there. */
  references: fc.constantFrom('agent', 'tenant', 'tenant', 'tenant'),
});

test('no reference that would delete its objects goes while its agent may be there', PATIENCE, async () => {
  let passed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
      await inWorkspace(cached(), async (workspace) => {
        let before: Tree = new Map();
        for (const { agent, seen, references } of steps) {
          await workspace.setInput(fleetWith(agent, references));
          const all = seenIn(
            before,
            CLUSTER,
            [...AGENTS].filter((type) => type !== 'kubernetes'),
          );
          const told = { nothing: undefined, all, gone: { ...all, agents: [] }, wrong: { ...all, references: { items: [] } } }[seen];
          // What Flux wrote, and Flux, is a person's to delete where it is done with.
          if (!before.has(`clusters/${CLUSTER}/flux-system/kustomization.yaml`))
            await rm(join(workspace.root, `clusters/${CLUSTER}/flux-system`), { recursive: true, force: true });
          const result = await workspace.generate(told && { seen: await writeSeen(workspace, [told]) });
          // From direct access on to another agent before the old one was seen to be gone, there is nothing that could still be told.
          const errors = result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
          expect(errors.filter((code) => code !== 'reference-lost' && code !== 'reference-moved')).toEqual([]);
          const after = await workspace.tree();
          const there = new Set([...after].flatMap(([path, text]) => (path.includes('/context/') ? [] : (keyOf(text) ?? []))));
          expect([...armed(before).keys()].filter((key) => !there.has(key))).toEqual([]);
          if (result.handovers.some(({ stage }) => stage !== 'release')) passed += 1;
          before = after;
        }
      });
    }),
    trials(10),
  );
  expect(passed).toBeGreaterThan(0);
});

function keyOf(text: string): string | undefined {
  const object = referenceObject(text);
  return object && objectKey(object);
}
