import { expect, test } from 'vitest';
import { plain } from '../diagnostics/report/paint.ts';
import { blobOid } from '../lib/hash.ts';
import { repoPath } from '../lib/path.ts';
import { HERE, MARKER } from '../model/file.ts';
import { showChanges, type TextChange } from './show-changes.ts';

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
  return showChanges(changes, plain);
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

test('showChanges() names objects that come and go, and files without objects', async () => {
  const path = 'clusters/p+a/context/1/app/web/kustomization.yaml';
  expect(
    await show(
      change(web('p+a'), '', object('')),
      change(web('p+b'), object(''), ''),
      change(web('q+b'), object(''), ''),
      change(path, 'resources:\n- a.yaml\n', 'resources:\n- a.yaml\n- b.yaml\n'),
      change('clusters/p+a/references/README.md', '', 'text\n'),
    ),
  ).toBe(`+ Deployment retail/web  ${web('p+a')}
- Deployment retail/web  clusters/*/context/1/app/web/web-deployment.yaml  same change on 2 clusters: p+b, q+b
~ ${path}
      resources:
      - a.yaml
    + - b.yaml
+ clusters/p+a/references/README.md
`);
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
  expect(shown).not.toContain('aHVu');
});

test('showChanges() lets nothing act on the terminal', async () => {
  const evil = (value: string): string => object(`data:\n  "\\x1b[1m": "${value}\\x1b[2J"\n`, { name: '"x\\x9b"' });
  const shown = await show(change(web('p+a'), evil('a'), evil('b')));
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});
