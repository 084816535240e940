import { expect, test } from 'vitest';
import { plain } from '../../diagnostics/report/paint.ts';
import { blobOid } from '../../lib/hash.ts';
import { repoPath } from '../../lib/path.ts';
import { type ContextId, instanceKey, type InstanceKey, type InstanceRef } from '../../model/context.ts';
import { HERE, MARKER } from '../../model/file.ts';
import { describeChange } from './describe-change.ts';
import { showChanges } from './show-changes.ts';
import type { TextChange } from './text-changes.ts';

const web = (cluster: string): string => `clusters/${cluster}/context/1/app/web/web-deployment.yaml`;

function object(spec: string, { kind = 'Deployment', name = 'web' } = {}): string {
  return `${MARKER}\napiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: retail\n${spec}`;
}

function change(path: string, before: string, after: string): TextChange {
  return {
    change: {
      target: HERE,
      owner: { kind: 'cluster', cluster: 'p+a' },
      path: repoPath(path),
      ...(before !== '' && { before: blobOid(Buffer.from(before)) }),
      ...(after !== '' && { after: Buffer.from(after) }),
    },
    before,
    after,
  };
}

async function show(...changes: readonly TextChange[]): Promise<string> {
  return showChanges(
    changes.map((one) => describeChange(one)),
    { paint: plain, isFull: false },
  );
}

test('showChanges() tells the fields of an object', async () => {
  const before = 'spec:\n  replicas: 2\n  paused: true\n  template:\n    containers:\n    - name: web\n      image: a:1\n';
  const after =
    'spec:\n  replicas: 3\n  strategy:\n    type: Recreate\n  template:\n    containers:\n    - name: web\n      image: "yes"\n';
  expect(await show(change(web('p+a'), object(before), object(after)))).toBe(`~ Deployment retail/web  ${web('p+a')}
    - spec.paused: true
    spec.replicas: 2 → 3
    + spec.strategy:
    +   type: Recreate
    spec.template.containers[web].image: a:1 → "yes"
`);
});

test('showChanges() tells once what is the same on many clusters', async () => {
  const [before, after, other] = [2, 3, 4].map((replicas) => object(`spec:\n  replicas: ${replicas}\n`));
  const same = Array.from({ length: 12 }, (_, index) => change(web(`p+c${String(index).padStart(2, '0')}`), before ?? '', after ?? ''));
  expect(await show(...same, change(web('q+x'), before ?? '', other ?? '')))
    .toBe(`~ Deployment retail/web  clusters/*/context/1/app/web/web-deployment.yaml
    same change on 12 clusters: p+c00, p+c01, p+c02, p+c03, p+c04, p+c05, p+c06, p+c07, and 4 more
    spec.replicas: 2 → 3
~ Deployment retail/web  ${web('q+x')}
    spec.replicas: 2 → 4
`);
});

test('showChanges() shows what comes and goes, without what the heading says', async () => {
  const path = 'clusters/p+a/context/1/app/web/kustomization.yaml';
  const spec = 'spec:\n  replicas: 2\n';
  expect(
    await show(
      change(web('p+a'), '', object(spec)),
      change(web('p+b'), object(spec), ''),
      change(web('q+b'), object(spec), ''),
      change(path, 'resources:\n- a.yaml\n', 'resources:\n- a.yaml\n- b.yaml\n'),
      change('clusters/p+a/references/README.md', '', `${MARKER}\ntext\n`),
    ),
  ).toBe(`+ Deployment retail/web  ${web('p+a')}
    + spec:
    +   replicas: 2
- Deployment retail/web  clusters/*/context/1/app/web/web-deployment.yaml
    same change on 2 clusters: p+b, q+b
    - spec:
    -   replicas: 2
~ ${path}
      resources:
      - a.yaml
    + - b.yaml
+ clusters/p+a/references/README.md
    + text
`);
});

const secret = (word: string): string => object(`data:\n  password: ${word}\n`, { kind: 'Secret' });
const replicas = (count: number): string => object(`spec:\n  replicas: ${count}\n`);

test.each([
  ['comes', ['', replicas(2)], ['', replicas(3)], '+'],
  ['goes', [replicas(2), ''], [replicas(3), ''], '-'],
  ['is a Secret', ['', secret('aHVudGVyMg==')], ['', secret('aHVudGVyMw==')], '+'],
  ['changes as a Secret', [secret('YQ=='), secret('aHVudGVyMg==')], [secret('YQ=='), secret('aHVudGVyMw==')], '~'],
] as const)('showChanges() does not fold what differs and %s', async (_what, one, other, sign) => {
  const shown = await show(change(web('p+a'), one[0], one[1]), change(web('p+b'), other[0], other[1]));
  expect(shown).not.toContain('same change');
  expect(shown.split('\n').filter((line) => line.startsWith(`${sign} `))).toHaveLength(2);
});

test('showChanges() folds what differs in the own id of each cluster only', async () => {
  const path = (cluster: string): string => `clusters/${cluster}/references/1-web-kcust.yaml`;
  const reference = (cluster: string): string => object(`spec:\n  path: ./clusters/${cluster}/context/1\n`, { kind: 'Kustomization' });
  expect(await show(...['p+a', 'p+b'].map((cluster) => change(path(cluster), '', reference(cluster)))))
    .toBe(`+ Kustomization retail/web  clusters/*/references/1-web-kcust.yaml
    same change on 2 clusters: p+a, p+b
    + spec:
    +   path: ./clusters/<cluster>/context/1
`);
});

test('showChanges() hides all checksums, and says so', async () => {
  const at = (key: string, hash: string): string =>
    `${MARKER}\napiVersion: v1\nkind: A\nmetadata:\n  name: web\n  annotations:\n    espalier.dev/${key}: sha256-${hash}\n`;
  const note = 'not shown: checksums (espalier.dev/hash, espalier.dev/revision), which follow from the rest\n';
  expect(await show(change(web('p+a'), at('revision', '1'), at('revision', '2')))).toBe(
    `~ A web  ${web('p+a')}\n    its checksum only\n${note}`,
  );
  expect(await show(change(web('p+a'), at('hash', '1'), `${at('hash', '2')}spec: 1\n`))).toBe(
    `~ A web  ${web('p+a')}\n    + spec: 1\n${note}`,
  );
  expect(await show(change(web('p+a'), '', at('hash', '1')))).toBe(`+ A web  ${web('p+a')}\n`);
});

test('showChanges() tells what stays in the cluster although its file goes', async () => {
  const namespace = `${MARKER}\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: retail\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n`;
  const orphan = `${MARKER}\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: web\nspec:\n  deletionPolicy: Orphan\n`;
  const shown = await show(change(web('p+a'), namespace, ''), change(web('p+b'), orphan, ''), change(web('p+c'), '', namespace));
  expect(shown).toContain('    it stays in the cluster: its annotation kustomize.toolkit.fluxcd.io/prune is "disabled"\n');
  expect(shown).toContain('    what it applied stays in the cluster: its deletionPolicy is Orphan\n');
  expect(shown.match(/stays/g)).toHaveLength(2);
});

test('showChanges() tells what an agent was told to leave', () => {
  const path = web('p+a');
  const instance: InstanceRef = { cluster: 'p+a', context: '1' as ContextId, app: 'web' };
  const gone = change(path, object('spec: 1\n'), '');
  const owned = { ...gone, change: { ...gone.change, owner: { kind: 'instance', instance } as const } };
  const stays = (left: ReadonlySet<InstanceKey>): unknown => {
    const diff = describeChange(owned, left);
    return 'objects' in diff ? diff.objects[0]?.stays : diff;
  };
  expect(stays(new Set([instanceKey(instance)]))).toBe('it stays in the cluster: its agent was told to leave what it applied');
  expect(stays(new Set())).toBeUndefined();
});

const long = (count: number, first = 0): string =>
  object(`data:\n${Array.from({ length: count }, (_, index) => `  k${first + index}: v\n`).join('')}`, { kind: 'ConfigMap' });

test('showChanges() cuts what is long, says how much, and shows everything when asked', async () => {
  const changes = [change(web('p+a'), '', long(100))];
  const shown = await show(...changes);
  expect(shown.split('\n')).toHaveLength(1 + 40 + 1 + 1 + 1);
  expect(shown).toContain('    … 61 more lines\ncut where it says so: --diff=full shows everything\n');
  const full = await showChanges(
    changes.map((one) => describeChange(one)),
    { paint: plain, isFull: true },
  );
  expect(full.split('\n')).toHaveLength(1 + 101 + 1);
  expect(full).not.toContain('cut');
  expect(await show(change(web('p+a'), '', long(40)))).not.toContain('more line');
});

test('showChanges() shows new objects by name alone once there are very many, but every update', async () => {
  const comes = Array.from({ length: 60 }, (_, index) => change(web(`p+c${index}`), '', long(30, index)));
  const shown = await show(...comes, change(web('p+z'), long(2), long(2, 1)));
  expect(shown.match(/^\+ ConfigMap/gm)).toHaveLength(60);
  expect(shown.match(/^ {4}\+ {3}k/gm)?.length).toBeLessThan(1001);
  expect(shown).toContain('\n    … 31 lines\n');
  expect(shown).toContain('    - data.k0: v\n    + data.k2: v\n');
});

test('showChanges() compares texts of several lines by line', async () => {
  const text = (line: string): string =>
    object(`data:\n  a.conf: |\n${['1', '2', '3', line, '5', '6', '7'].map((each) => `    ${each}\n`).join('')}`, { kind: 'ConfigMap' });
  expect(await show(change(web('p+a'), text('old'), text('new')))).toBe(`~ ConfigMap retail/web  ${web('p+a')}
    data["a.conf"]:
        2
        3
      - old
      + new
        5
        6
`);
});

test('showChanges() shows no secret', async () => {
  const secret = (word: string): string => object(`data:\n  password: ${word}\n`, { kind: 'Secret' });
  const shown = await show(
    change(web('p+a'), secret('aHVudGVyMg=='), secret('aHVudGVyMw==')),
    change(web('p+b'), secret('aHVudGVyMg=='), object('', { kind: 'Secret' })),
  );
  expect(shown).toContain('data.password: (was secret) → (is secret)');
  expect(await show(change(web('p+a'), '', secret('aHVudGVyMg==')), change(web('p+b'), secret('aHVudGVyMg=='), ''))).not.toContain('aHVu');
  expect(shown).not.toContain('aHVu');
});

test('showChanges() lets nothing act on the terminal', async () => {
  const evil = (value: string): string => object(`data:\n  "\\x1b[1m": "${value}\\x1b[2J"\n`, { name: '"x\\x9b"' });
  const shown = await show(change(web('p+a'), evil('a'), evil('b')));
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});
