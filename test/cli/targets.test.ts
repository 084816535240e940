import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFleet, type Fleet } from './espalier.ts';

const URL = 'https://git.example.net/platform/trees';
const SYNC = 'intents/clusters.yaml';

// Each run starts the program, and some tests have several.
vi.setConfig({ testTimeout: 180_000 });

let fleet: Fleet;
let away: string;

beforeEach(() => {
  fleet = createFleet();
  away = realpathSync(mkdtempSync(join(tmpdir(), 'espalier-away-')));
});

afterEach(() => {
  fleet.remove();
  rmSync(away, { recursive: true, force: true });
});

function git(folder: string, ...args: readonly string[]): string {
  const person = ['-c', 'user.name=t', '-c', 'user.email=t@example.net', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...person, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A checkout of the branch of an empty repository. */
function checkOut(
  folder: string,
  { branch = 'main', remote = URL }: { readonly branch?: string; readonly remote?: string | undefined } = {},
): string {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', `--initial-branch=${branch}`);
  if (remote !== '') git(folder, 'remote', 'add', 'origin', remote);
  return folder;
}

/** A sync object of cluster1's own, whose trees are elsewhere. */
function moveAway(spec = `{url: ${URL}, target: elsewhere}`): void {
  const [, first = '', second = ''] = fleet.read(SYNC).split('---\n');
  const [sync = ''] = fleet.read(SYNC).split('---\n');
  const other = sync.replace('name: fleet-git', 'name: trees').replace(/git: \{.*\}/, `git: ${spec}`);
  writeFileSync(join(fleet.root, SYNC), [sync, other, first.replaceAll('fleet-git', 'trees'), second].join('---\n'));
  rmSync(join(fleet.root, 'clusters/provider1+cluster1'), { recursive: true, force: true });
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return files.filter((path) => !path.startsWith('.git/')).sort();
}

describe('a tree in another repository', () => {
  test('is written, committed, and then current; decisions stay with the intents', async () => {
    moveAway();
    checkOut(join(away, 'trees'));
    const options = ['--checkout', `provider1/trees=${join(away, 'trees')}`];
    const first = await fleet.run('generate', ...options);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/in the checkout of provider1\/trees: created [0-9]+, updated 0, deleted 0\n/);
    const written = filesIn(join(away, 'trees'));
    expect(written).toContain('clusters/provider1+cluster1/references.yaml');
    expect(written.every((path) => path.startsWith('clusters/provider1+cluster1/'))).toBe(true);
    expect([...fleet.tree().keys()].filter((path) => path.startsWith('clusters/provider1+cluster1'))).toEqual([]);
    expect(fleet.tree().has('clusters/decisions/retail.shop/web.yaml')).toBe(true);
    const sync = readFileSync(join(away, 'trees/clusters/provider1+cluster1/flux-system/gotk-sync.yaml'), 'utf8');
    expect(sync).toContain(`url: ${URL}`);
    expect(sync).toContain('path: ./clusters/provider1+cluster1');
    git(join(away, 'trees'), 'add', '-A');
    git(join(away, 'trees'), 'commit', '--quiet', '-m', 'trees');
    const second = await fleet.run('generate', ...options);
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain('created 0, updated 0, deleted 0');
    expect(git(join(away, 'trees'), 'status', '--porcelain')).toBe('');
    expect((await fleet.run('generate', '--check', ...options)).exitCode).toBe(0);
  });

  test('shows edits in previews, by target', async () => {
    moveAway();
    const trees = checkOut(join(away, 'trees'));
    const options = ['--checkout', `provider1/trees=${trees}`];
    await fleet.run('generate', ...options);
    fleet.edit('intents/retail.yaml', { from: 'values: {replicas: 2}', to: 'values: {replicas: 3}' });
    const diff = await fleet.run('generate', '--dry-run', '--diff', ...options);
    expect(diff.stdout).toContain('web-deployment.yaml (provider1/trees)');
    expect(diff.stdout).toContain('spec.replicas: 2 → 3');
    const json = JSON.parse((await fleet.run('generate', '--dry-run', '--json', ...options)).stdout) as {
      readonly changes: readonly { readonly path: string; readonly target?: string }[];
    };
    expect(json.changes.map(({ target }) => target)).toEqual(
      json.changes.map(({ path }) => (path.includes('decisions') ? undefined : 'provider1/trees')),
    );
    expect((await fleet.run('generate', '--check', ...options)).exitCode).toBe(3);
  });

  test('is put right where somebody edited it; what is not ours stays', async () => {
    moveAway();
    const trees = checkOut(join(away, 'trees'));
    const options = ['--checkout', `provider1/trees=${trees}`];
    await fleet.run('generate', ...options);
    const [deployment = ''] = filesIn(trees).filter((path) => path.endsWith('web-deployment.yaml'));
    writeFileSync(join(trees, deployment), readFileSync(join(trees, deployment), 'utf8').replace('replicas: 2', 'replicas: 9'));
    writeFileSync(join(trees, 'NOTES.md'), 'uncommitted\n');
    expect((await fleet.run('generate', '--check', ...options)).exitCode).toBe(3);
    expect((await fleet.run('generate', ...options)).stdout).toContain('updated 1');
    expect(readFileSync(join(trees, deployment), 'utf8')).toContain('replicas: 2');
    expect(existsSync(join(trees, 'NOTES.md'))).toBe(true);
  });

  test('of a removed cluster is emptied where it is', async () => {
    moveAway();
    fleet.edit('intents/retail.yaml', { from: 'matchLabels: {tier: edge}', to: 'provider: provider1' });
    const trees = checkOut(join(away, 'trees'));
    const options = ['--checkout', `provider1/trees=${trees}`];
    await fleet.run('generate', ...options);
    const cluster = fleet.read(SYNC);
    writeFileSync(
      join(fleet.root, SYNC),
      cluster.replace('provider: provider1\n  gitOps', 'provider: provider1\n  state: Removed\n  gitOps'),
    );
    const { exitCode, stderr } = await fleet.run('generate', ...options);
    expect(exitCode, stderr).toBe(0);
    expect(filesIn(trees).filter((path) => path.includes('/app/web/'))).toEqual([]);
    expect(filesIn(trees)).toContain('clusters/provider1+cluster1/references/README.md');
  });

  test('is held where it is not at hand: an error, with --isolate the rest is written, with --without-checkout on purpose', async () => {
    moveAway();
    const trees = checkOut(join(away, 'trees'));
    await fleet.run('generate', '--checkout', `provider1/trees=${trees}`);
    const before = filesIn(trees);
    fleet.edit('intents/retail.yaml', { from: 'matchLabels: {tier: edge}', to: 'provider: provider1' });
    const refused = await fleet.run('generate');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('error missing-checkout');
    expect(fleet.tree().has('clusters/provider1+cluster2/references.yaml')).toBe(true);
    expect([...fleet.tree().keys()].some((path) => path.includes('cluster2/') && path.includes('/app/web/'))).toBe(false);
    expect((await fleet.run('generate', '--check')).exitCode).toBe(1);
    const isolated = await fleet.run('generate', '--isolate');
    expect(isolated.exitCode).toBe(1);
    expect([...fleet.tree().keys()].some((path) => path.includes('cluster2/') && path.includes('/app/web/'))).toBe(true);
    const without = await fleet.run('generate', '--check', '--without-checkout', 'provider1/trees');
    expect(without.stderr).toContain('warning left-out-target');
    expect(without.exitCode).toBe(0);
    expect((await fleet.run('check')).exitCode).toBe(0);
    expect((await fleet.run('generate', '--check', '--only', 'cluster2')).exitCode).toBe(0);
    expect((await fleet.run('generate', '--check', '--only', 'cluster1')).exitCode).toBe(1);
    expect(filesIn(trees)).toEqual(before);
  });

  test('that moves is copied first; the old one is kept until somebody deletes it', async () => {
    await fleet.run('generate');
    const old = join(fleet.root, 'clusters/provider1+cluster1');
    cpSync(old, join(away, 'kept'), { recursive: true });
    moveAway();
    cpSync(join(away, 'kept'), old, { recursive: true });
    const trees = checkOut(join(away, 'trees'));
    const options = ['--checkout', `provider1/trees=${trees}`];
    mkdirSync(join(trees, 'clusters/provider1+cluster1'), { recursive: true });
    writeFileSync(join(trees, 'clusters/provider1+cluster1/.gitkeep'), '');
    const refused = await fleet.run('generate', ...options);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('error tree-not-moved');
    rmSync(join(trees, 'clusters/provider1+cluster1/.gitkeep'));
    cpSync(old, join(trees, 'clusters/provider1+cluster1'), { recursive: true });
    const moved = await fleet.run('generate', ...options);
    expect(moved.exitCode, moved.stderr).toBe(0);
    expect(moved.stdout).toContain('created 0, updated 1, deleted 0');
    expect(moved.stderr).toContain('warning tree-left-behind');
    expect(filesIn(old)).toEqual(filesIn(join(trees, 'clusters/provider1+cluster1')));
    rmSync(old, { recursive: true });
    expect((await fleet.run('generate', '--check', ...options)).stderr).not.toContain('tree-left-behind');
  });

  test('that comes back is copied first where it is at hand, and told of where it is not', async () => {
    moveAway();
    const trees = checkOut(join(away, 'trees'));
    const options = ['--checkout', `provider1/trees=${trees}`];
    await fleet.run('generate', ...options);
    writeFileSync(join(fleet.root, SYNC), fleet.read(SYNC).replaceAll('Object: trees', 'Object: fleet-git'));
    const refused = await fleet.run('generate', ...options);
    expect(refused.stderr).toContain('Cannot begin the tree of cluster "provider1+cluster1" anew in the repository with the intents');
    expect(refused.stderr).toContain(`cp -a ${trees}/clusters/provider1+cluster1 ./clusters/`);
    const blind = await fleet.run('generate', '--dry-run');
    expect(blind.stderr).toContain('warning tree-begun-anew: Cluster "provider1+cluster1" had apps before');
    cpSync(join(trees, 'clusters'), join(fleet.root, 'clusters'), { recursive: true });
    const moved = await fleet.run('generate', ...options);
    expect(moved.exitCode, moved.stderr).toBe(0);
    expect(moved.stderr).toContain('warning tree-left-behind');
    expect(moved.stderr).not.toContain('tree-begun-anew');
  });

  test('of a cluster whose document is gone is left as it is', async () => {
    moveAway();
    const trees = checkOut(join(away, 'trees'));
    await fleet.run('generate', '--checkout', `provider1/trees=${trees}`);
    const before = filesIn(trees);
    const [sync = '', other = '', , second = ''] = fleet.read(SYNC).split('---\n');
    writeFileSync(join(fleet.root, SYNC), [sync, other, second].join('---\n'));
    const { stderr } = await fleet.run('generate', '--isolate', '--checkout', `provider1/trees=${trees}`);
    expect(stderr).toContain('cluster-gone');
    expect(filesIn(trees)).toEqual(before);
  });

  test.each([
    ['another branch', 'wrong-branch', (folder: string) => checkOut(folder, { branch: 'next' })],
    [
      'another repository',
      'wrong-remote',
      (folder: string) => checkOut(folder, { remote: 'https://user:hunter2secret@git.example.net/other/trees' }),
    ],
    ['no checkout', 'bad-checkout', (folder: string) => mkdirSync(folder)],
    ['nothing', 'bad-checkout', () => undefined],
    ['a symbolic link', 'bad-checkout', (folder: string) => symlinkSync(checkOut(`${folder}-real`), folder)],
    [
      'a commit without a branch',
      'wrong-branch',
      (folder: string) => {
        checkOut(folder);
        git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'first');
        git(folder, 'checkout', '--quiet', '--detach');
      },
    ],
  ])('is refused in %s', async (_, code, prepare) => {
    moveAway();
    prepare(join(away, 'trees'));
    const { stderr, exitCode } = await fleet.run('generate', '--checkout', `provider1/trees=${join(away, 'trees')}`);
    expect(stderr).toContain(`error ${code}`);
    expect(stderr).not.toContain('hunter2secret');
    expect(exitCode).toBe(1);
    expect(existsSync(join(away, 'trees/clusters'))).toBe(false);
  });

  test('on another branch is refused, and no advice is given on the trees there', async () => {
    moveAway();
    const trees = checkOut(join(away, 'trees'));
    const options = ['--checkout', `provider1/trees=${trees}`];
    expect((await fleet.run('generate', ...options)).exitCode).toBe(0);
    git(trees, 'checkout', '--quiet', '-b', 'next');
    const { stderr, exitCode } = await fleet.run('generate', ...options);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error wrong-branch');
    expect(stderr).not.toContain('tree-left-behind');
  });

  test.each([
    ['the repository with the intents', '.'],
    ['its clusters/', 'clusters/provider1+cluster2'],
    ['its intents/', 'intents'],
  ])('is refused in %s', async (_, folder) => {
    moveAway();
    git(fleet.root, 'init', '--quiet', '--initial-branch=main');
    const { stderr, exitCode } = await fleet.run('generate', '--checkout', `provider1/trees=${folder}`);
    expect(stderr).toContain('error bad-checkout');
    expect(exitCode).toBe(1);
  });

  test('is refused behind a link that a commit may have brought, and in a checkout of two targets', async () => {
    moveAway();
    checkOut(join(away, 'real/trees'));
    symlinkSync(join(away, 'real'), join(fleet.root, 'linked'));
    expect((await fleet.run('generate', '--checkout', 'provider1/trees=linked/trees')).stderr).toContain('"linked" is a symbolic link');
    const text = fleet.read(SYNC);
    writeFileSync(
      join(fleet.root, SYNC),
      text.replace(
        'git: {url: https://github.com/example/fleet, branch: main',
        'git: {url: https://git.example.net/platform/more, target: elsewhere, branch: main',
      ),
    );
    rmSync(join(fleet.root, 'clusters'), { recursive: true });
    const trees = checkOut(join(away, 'trees'), { remote: '' });
    const both = ['--checkout', `provider1/trees=${trees}`, '--checkout', `provider1/fleet-git=${trees}`];
    expect((await fleet.run('generate', ...both)).stderr).toContain('error shared-checkout');
    expect((await fleet.run('generate', '--checkout', `provider1/tree=${trees}`)).stderr).toContain('Did you mean "provider1/trees"?');
  });

  test('is written in a worktree of Git, and over SSH as well as HTTPS', async () => {
    moveAway();
    const main = checkOut(join(away, 'main'), { branch: 'other', remote: 'git@git.example.net:platform/trees.git' });
    git(main, 'commit', '--quiet', '--allow-empty', '-m', 'first');
    git(main, 'worktree', 'add', '--quiet', '-b', 'main', join(away, 'trees'));
    const { exitCode, stderr } = await fleet.run('generate', '--checkout', `provider1/trees=${join(away, 'trees')}`);
    expect(exitCode, stderr).toBe(0);
    expect(filesIn(join(away, 'trees'))).toContain('clusters/provider1+cluster1/references.yaml');
  });

  test('is what bootstrap goes by, where it is checked out and committed', async () => {
    moveAway();
    const trees = checkOut(join(away, 'trees'));
    const options = ['--checkout', `provider1/trees=${trees}`];
    await fleet.run('generate', ...options);
    const absent = await fleet.run('bootstrap', '--cluster', 'cluster1');
    expect([absent.exitCode, absent.stderr]).toEqual([1, expect.stringContaining('its tree is in another repository or branch')]);
    expect(absent.stderr).toContain('--checkout <provider>/<sync object>=<folder>');
    const uncommitted = await fleet.run('bootstrap', '--cluster', 'cluster1', ...options);
    expect([uncommitted.exitCode, uncommitted.stderr]).toEqual([1, expect.stringContaining('no Git repository with a commit')]);
    // As somebody brings Flux's manifests.
    const flux = join(trees, 'clusters/provider1+cluster1/flux-system');
    writeFileSync(join(flux, 'gotk-components.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: flux-system\n');
    writeFileSync(join(flux, 'kustomization.yaml'), 'resources:\n- gotk-components.yaml\n- gotk-sync.yaml\n');
    git(trees, 'add', '-A');
    git(trees, 'commit', '--quiet', '-m', 'trees');
    const { exitCode, stdout, stderr } = await fleet.run('bootstrap', '--cluster', 'cluster1', ...options);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(
      "in the cluster's folder in the checkout of provider1/trees: kubectl --context '<context of provider1+cluster1>' apply --server-side --kustomize flux-system\n",
    );
    const json = await fleet.run('bootstrap', '--cluster', 'cluster1', '--json', ...options);
    expect(JSON.parse(json.stdout)).toMatchObject({ bootstrap: { target: 'provider1/trees' } });
    writeFileSync(join(flux, 'gotk-components.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: other\n');
    expect((await fleet.run('bootstrap', '--cluster', 'cluster1', ...options)).stderr).toContain(
      'gotk-components.yaml is not as Git has it',
    );
  });

  test('and that of the intents are written together or not at all', async () => {
    moveAway();
    const trees = checkOut(join(away, 'trees'));
    writeFileSync(join(trees, 'clusters'), 'in the way');
    const { exitCode } = await fleet.run('generate', '--checkout', `provider1/trees=${trees}`);
    expect(exitCode).toBe(1);
    expect(fleet.tree().has('clusters/provider1+cluster2/references.yaml')).toBe(false);
  });
});

describe('a branch for each cluster', () => {
  const IDS = ['provider1+cluster1', 'provider1+cluster2'];

  beforeEach(() => {
    const text = fleet.read(SYNC);
    writeFileSync(join(fleet.root, SYNC), text.replace('branch: main', 'branchPerCluster: true'));
    rmSync(join(fleet.root, 'clusters'), { recursive: true });
  });

  function branches(ids: readonly string[] = IDS): string {
    const main = checkOut(join(away, 'main'), { remote: 'https://github.com/example/fleet.git' });
    git(main, 'commit', '--quiet', '--allow-empty', '-m', 'first');
    for (const id of ids) git(main, 'worktree', 'add', '--quiet', '-b', `espalier/tree/${id}`, join(away, 'trees', id));
    return join(away, 'trees');
  }

  test('holds its tree alone, and its agent follows it', async () => {
    const trees = branches();
    const options = ['--checkout', `provider1/fleet-git=${trees}`];
    const { exitCode, stderr } = await fleet.run('generate', ...options);
    expect(exitCode, stderr).toBe(0);
    for (const id of IDS) {
      expect(
        filesIn(join(trees, id))
          .filter((path) => path !== '.git')
          .every((path) => path.startsWith(`clusters/${id}/`)),
      ).toBe(true);
      const sync = readFileSync(join(trees, id, 'clusters', id, 'flux-system/gotk-sync.yaml'), 'utf8');
      expect(sync).toContain(`branch: espalier/tree/${id}`);
      git(join(trees, id), 'add', '-A');
      git(join(trees, id), 'commit', '--quiet', '-m', 'tree');
    }
    expect((await fleet.run('generate', '--check', ...options)).exitCode).toBe(0);
  });

  test('may be missing for one cluster, which is held', async () => {
    const trees = branches([IDS[0] ?? '']);
    const options = ['--checkout', `provider1/fleet-git=${trees}`];
    expect((await fleet.run('bootstrap', '--cluster', 'cluster1', ...options)).stdout).toContain(
      '--branch=espalier/tree/provider1+cluster1',
    );
    expect((await fleet.run('bootstrap', '--cluster', 'cluster2', ...options)).stderr).toContain(
      'its tree is in another repository or branch',
    );
    const refused = await fleet.run('generate', ...options);
    expect(refused.stderr).toContain('branch "espalier/tree/provider1+cluster2"');
    expect(refused.exitCode).toBe(1);
    expect((await fleet.run('generate', '--without-checkout', 'all', ...options)).exitCode).toBe(0);
    expect(filesIn(join(trees, IDS[0] ?? ''))).toContain('clusters/provider1+cluster1/references.yaml');
  });

  test('is not the branch of another cluster', async () => {
    const trees = branches();
    git(join(trees, IDS[0] ?? ''), 'checkout', '--quiet', '-b', 'provider1+cluster1');
    const { stderr } = await fleet.run('generate', '--checkout', `provider1/fleet-git=${trees}`);
    expect(stderr).toContain('error wrong-branch');
  });
});
