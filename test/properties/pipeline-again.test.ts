import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFolderWatch, type Obstacle } from '../../generator/io/folder-watch.ts';
import type { Change } from '../../generator/model/change.ts';
import type { FolderWatch } from '../../generator/model/ports.ts';
import type { RunResult } from '../../generator/model/run.ts';
import type { Texts } from '../support/check-texts.ts';
import { fleetFiles, makeFleet } from './support/fleet.ts';
import { mistakeSketch, type MistakeSketch, plant } from './support/mistakes.ts';
import { PATIENCE, trials, useEngine } from './support/pipeline.ts';
import { fleetSketch, type FleetSketch } from './support/sketch.ts';
import { inWorkspace, type Workspace } from './support/workspace.ts';

const { cached } = useEngine();

/** What somebody does between two runs. Numbers that point at something count round what is there. */
type Step =
  | { readonly kind: 'fleet'; readonly which: number; readonly parts: readonly boolean[]; readonly mistake: MistakeSketch | undefined }
  | { readonly kind: 'text'; readonly file: number; readonly edit: number }
  | { readonly kind: 'hand'; readonly file: number; readonly edit: number }
  | { readonly kind: 'publish' }
  | { readonly kind: 'nothing' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('fleet' as const),
      which: fc.nat({ max: 2 }),
      parts: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      mistake: fc.option(mistakeSketch, { freq: 2, nil: undefined }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('text' as const), file: fc.nat({ max: 99 }), edit: fc.nat({ max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hand' as const), file: fc.nat({ max: 999 }), edit: fc.nat({ max: 8 }) }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'publish' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'nothing' as const }) },
);

const story = fc.record({
  fleets: fc.tuple(fleetSketch(), fleetSketch(), fleetSketch()),
  steps: fc.array(step, { minLength: 3, maxLength: 9 }),
  isolate: fc.boolean(),
});

test.each([
  ['that ran before', () => undefined],
  ['that ran before and watches the tree', createWatch],
])('a pipeline %s gives what a fresh one gives', PATIENCE, async (_, startWatch) => {
  const seen = { plans: 0, refusals: 0, changes: 0 };
  await fc.assert(
    fc.asyncProperty(story, async ({ fleets, steps, isolate }) => {
      const watch = startWatch();
      await inWorkspace(cached(watch), async (workspace) => {
        let files = fleetFiles(makeFleet(fleets[0]));
        await setFiles(workspace, files);
        await compare(workspace, isolate, seen);
        for (const each of steps) {
          files = await take(each, { workspace, files, fleets, isolate });
          await compare(workspace, isolate, seen);
        }
      });
      watch?.close();
    }),
    trials(20),
  );
  expect(seen.plans).toBeGreaterThan(10);
  expect(seen.refusals).toBeGreaterThan(3);
  expect(seen.changes).toBeGreaterThan(100);
});

function createWatch(): FolderWatch | undefined {
  const fail = (obstacle: Obstacle): never => {
    throw new Error(`folders cannot be watched: ${JSON.stringify(obstacle)}`);
  };
  return createFolderWatch({ onChange: () => undefined, onObstacle: fail });
}

async function compare(workspace: Workspace, isolate: boolean, seen: { plans: number; refusals: number; changes: number }): Promise<void> {
  const fresh = await cached().run({ root: workspace.root, isolate, binding: 'late' });
  const again = await workspace.run({ isolate });
  expect(plain(again)).toEqual(plain(fresh));
  if (fresh.changeSet) seen.plans += 1;
  else seen.refusals += 1;
  seen.changes += fresh.changeSet?.changes.length ?? 0;
}

/** A result as values that can be compared. */
function plain({ changeSet, ...rest }: RunResult) {
  return { ...rest, changeSet: changeSet && { ...changeSet, changes: changeSet.changes.map(plainChange) } };
}

function plainChange({ target, owner, path, before, after }: Change) {
  return { target, owner, path, before, after: after && new TextDecoder().decode(after) };
}

interface Scene {
  readonly workspace: Workspace;
  readonly files: Texts;
  readonly fleets: readonly FleetSketch[];
  readonly isolate: boolean;
}

/** Does it, and gives the input files that there are now. */
async function take(each: Step, scene: Scene): Promise<Texts> {
  const { workspace, files, isolate } = scene;
  switch (each.kind) {
    case 'fleet': {
      const next = fleetStep(each, scene);
      await setFiles(workspace, next, files);
      return next;
    }
    case 'text': {
      const next = editText(files, each);
      await setFiles(workspace, next, files);
      return next;
    }
    case 'hand':
      await editByHand(workspace, each);
      return files;
    case 'publish':
      await workspace.generate({ isolate });
      return files;
    case 'nothing':
      return files;
    default:
      return each satisfies never;
  }
}

/** Another fleet, of which some parts may be those of the first. */
function fleetStep({ which, parts, mistake }: Extract<Step, { kind: 'fleet' }>, { fleets }: Scene): Texts {
  const [first, other] = [fleets[0], fleets[which]];
  if (!first || !other) throw new Error('no fleet');
  const mixed: FleetSketch = {
    clusters: parts[0] === true ? other.clusters : first.clusters,
    clouds: parts[1] === true ? other.clouds : first.clouds,
    deployments: parts[2] === true ? other.deployments : first.deployments,
  };
  const fleet = makeFleet(mixed);
  return mistake ? plant(fleet, mistake).files : fleetFiles(fleet);
}

const TEXT_EDITS: readonly ((text: string) => string | undefined)[] = [
  (text) => `# a line more\n${text}`,
  (text) => text.replace(/replicas: (\d)/, (_, digit: string) => `replicas: ${(Number(digit) % 3) + 1}`),
  (text) => `${text.slice(0, text.length / 2)}\n"broken: [`,
  () => '',
  () => undefined,
  (text) => text.split('---\n').reverse().join('---\n'),
  (text) => text.replace(/labels: \{/, 'labels: {more: "1", '),
];

function editText(files: Texts, { file, edit }: { readonly file: number; readonly edit: number }): Texts {
  const paths = Object.keys(files).sort();
  const path = paths[file % paths.length] ?? '';
  const text = TEXT_EDITS[edit % TEXT_EDITS.length]?.(files[path] ?? '');
  const others = Object.entries(files).filter(([other]) => other !== path);
  return Object.fromEntries(text === undefined ? others : [...others, [path, text]]);
}

/** Writes what differs, as editors do: to another name, and then in place. */
async function setFiles({ root }: Workspace, files: Texts, before: Texts = {}): Promise<void> {
  for (const path of Object.keys(before)) if (files[path] === undefined) await rm(join(root, path), { force: true });
  for (const [path, text] of Object.entries(files)) {
    if (before[path] === text) continue;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, `${path}~`), text);
    await rename(join(root, `${path}~`), join(root, path));
  }
}

/** Somebody edits the tree. */
async function editByHand(workspace: Workspace, { file, edit }: { readonly file: number; readonly edit: number }): Promise<void> {
  const paths = [...(await workspace.tree()).keys()];
  const path = paths[file % paths.length];
  if (path === undefined) return;
  const place = join(workspace.root, path);
  switch (edit) {
    case 0:
      return writeFile(place, '# mine\n');
    case 1:
      return rm(place);
    case 2:
      return writeFile(`${place}.orig`, 'left behind\n');
    case 3:
      return rename(place, `${place}.yaml`);
    case 4:
      return rm(dirname(place), { recursive: true });
    case 5:
      await mkdir(join(dirname(place), 'new', 'folder'), { recursive: true });
      return writeFile(join(dirname(place), 'new', 'folder', 'x.yaml'), '# Generated by espalier. Do not edit.\n');
    case 6: {
      // Another one of the same name, while the first lives on.
      const away = await mkdtemp(join(workspace.root, 'away-'));
      await rename(dirname(place), join(away, 'folder'));
      await cp(join(away, 'folder'), dirname(place), { recursive: true });
      return writeFile(place, '# mine\n');
    }
    case 7: {
      // The disk may give the new ones the numbers of the old.
      const away = await mkdtemp(join(workspace.root, 'away-'));
      const cluster = place
        .split('/')
        .slice(0, workspace.root.split('/').length + 2)
        .join('/');
      await cp(cluster, join(away, 'copy'), { recursive: true });
      await rm(cluster, { recursive: true });
      await cp(join(away, 'copy'), cluster, { recursive: true });
      return rm(place);
    }
    default: {
      const [sibling = ''] = await readdir(dirname(place));
      await rm(join(dirname(place), sibling), { recursive: true });
      return writeFile(join(dirname(place), sibling), '# Generated by espalier. Do not edit.\nkind: X\n');
    }
  }
}
