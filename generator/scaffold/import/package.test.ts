import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { FolderReader } from '../../model/ports.ts';
import { findApp, type Found } from './package.ts';

/** A folder in memory; `link:` marks a symbolic link. */
function folderOf(files: Readonly<Record<string, string>>): FolderReader {
  const paths = Object.keys(files).sort();
  return {
    list: async (folder) => {
      const inside = paths
        .filter((path) => folder === '' || path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder === '' ? 0 : folder.length + 1));
      if (inside.length === 0) return Promise.resolve(undefined);
      const names = [...new Set(inside.map((path) => path.split('/')[0]!))];
      const isFolder = (name: string): boolean => inside.some((path) => path.startsWith(`${name}/`));
      const isLink = (name: string): boolean => files[folder === '' ? name : `${folder}/${name}`]?.startsWith('link:') === true;
      return Promise.resolve(names.map((name) => ({ name, kind: isFolder(name) ? 'folder' : isLink(name) ? 'link' : 'file' }) as const));
    },
    read: async (path) => {
      const text = Object.hasOwn(files, path) ? files[path]! : undefined;
      if (text === undefined) return Promise.resolve({ reason: 'it does not exist' });
      return Promise.resolve(text.startsWith('link:') ? { reason: 'it is a symbolic link' } : { text });
    },
  };
}

const find = async (files: Readonly<Record<string, string>>, entry?: string): Promise<Found> =>
  findApp({ folder: folderOf(files), from: 'src', entry });
const filesOf = (found: Found, values = found.candidates): ReadonlyMap<string, string> =>
  new Map(found.files({ name: 'web', description: 'd', values }).map(({ path, text }) => [path.slice('templates/apps/web/'.length), text]));
const problemsOf = ({ problems }: Found): readonly string[] => problems.map(({ code, message }) => `${code}: ${message}`);

const DEPLOYMENT = `# first
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web     # the name
  namespace: old # goes
spec:
  replicas: 2   # two
  template:
    spec:
      initContainers:
      - {name: init, image: nginx:1.27}
      containers:
      - name: web
        image: 'nginx:1.27'   # the same
      - name: side
        image: localhost:5000/side:v1
      - name: pinned
        image: nginx@sha256:${'a'.repeat(64)}
`;

test('manifests keep their text, but for the namespace and what becomes a value', async () => {
  const found = await find({ 'app.yaml': DEPLOYMENT, 'notes.yaml': 'a: 1\n', 'README.md': '', 'sub/other.yaml': DEPLOYMENT });
  expect(problemsOf(found)).toEqual([]);
  expect(found.notes).toEqual([
    'notes.yaml holds no Kubernetes object and was left out',
    'namespace "old" was left out: objects take the logical cloud\'s',
  ]);
  expect(found.candidates.map(({ name, schema }) => [name, schema['default']])).toEqual([
    ['webTag', '1.27'],
    ['sideTag', 'v1'],
    ['replicas', 2],
  ]);
  const files = filesOf(found);
  expect([...files.keys()]).toEqual(['template.yaml', 'kustomization.yaml', 'app.yaml.hbs']);
  const expected = DEPLOYMENT.replace('  namespace: old # goes\n', '')
    .replace('replicas: 2', 'replicas: {{replicas}}')
    .replace('image: nginx:1.27}', 'image: "nginx:{{webTag}}"}')
    .replace("'nginx:1.27'", '"nginx:{{webTag}}"')
    .replace('localhost:5000/side:v1', '"localhost:5000/side:{{sideTag}}"');
  expect(files.get('app.yaml.hbs')).toBe(expected);
  expect(filesOf(found, []).get('app.yaml')).toBe(DEPLOYMENT.replace('  namespace: old # goes\n', ''));
});

test('a symbolic link to a folder is told: left out beside manifests, and named where there is nothing else', async () => {
  const found = await find({ 'app.yaml': DEPLOYMENT, shared: 'link:../shared' });
  expect(found.notes[0]).toBe('"shared" is a symbolic link, which is not followed: it was left out');
  expect(problemsOf(await find({ shared: 'link:../shared', 'README.md': '' }))[0]).toContain(
    '"shared" in it is a symbolic link, which is not followed',
  );
});

test('hosts of ingresses share a value, in block and in flow style', async () => {
  const text =
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {namespace: x, name: i}\nspec:\n  tls: [{hosts: [a.example.net]}]\n  rules:\n  - host: a.example.net\n';
  const found = await find({ 'i.yaml': text });
  expect(filesOf(found).get('i.yaml.hbs')).toBe(
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  tls: [{hosts: ["{{host}}"]}]\n  rules:\n  - host: "{{host}}"\n',
  );
});

test('a namespace is left out with its document and from the list', async () => {
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n';
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\n';
  const plain = await find({ 'a.yaml': `${service}---\n${namespace}---\n# more\n${service}`, 'n.yaml': namespace });
  expect(filesOf(plain).get('a.yaml')).toBe(`${service}---\n# more\n${service}`);
  expect([...filesOf(plain).keys()]).toEqual(['template.yaml', 'kustomization.yaml', 'a.yaml']);
  const listed = await find({
    'kustomization.yaml': 'namespace: n\nresources:\n- n.yaml # ns\n- s.yaml\n',
    'n.yaml': namespace,
    's.yaml': service,
  });
  expect(filesOf(listed).get('kustomization.yaml')).toBe('resources:\n- s.yaml\n');
  const flow = await find({ 'kustomization.yaml': 'resources: [n.yaml, s.yaml]\n', 'n.yaml': namespace, 's.yaml': service });
  expect(problemsOf(flow)[0]).toContain('it is a namespace only');
});

test('what a kustomization reaches comes along, and nothing else; what it overrides is offered where it is overridden', async () => {
  const files = {
    'base/kustomization.yaml': 'resources: [app.yaml]\nconfigMapGenerator:\n- {name: c, files: [x=conf/a.txt], envs: [b.env]}\n',
    'base/app.yaml': DEPLOYMENT,
    'base/conf/a.txt': 'kind: {{ text',
    'base/b.env': 'A=1\n',
    'base/unused.yaml': DEPLOYMENT,
    'parts/c/kustomization.yaml': 'kind: Component\npatches:\n- path: patch.yaml\n',
    'parts/c/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 7}\n',
    'live/kustomization.yaml': 'resources: [../base]\ncomponents: [../parts/c]\nimages:\n- name: nginx\n  newTag: "1.28"\n',
  };
  const found = await find(files, 'live');
  expect(problemsOf(found)).toEqual([]);
  const made = filesOf(found);
  expect([...made.keys()].sort()).toEqual([
    'base/app.yaml.hbs',
    'base/b.env',
    'base/conf/a.txt',
    'base/kustomization.yaml',
    'kustomization.yaml',
    'live/kustomization.yaml.hbs',
    'parts/c/kustomization.yaml',
    'parts/c/patch.yaml.hbs',
    'template.yaml',
  ]);
  expect(made.get('live/kustomization.yaml.hbs')).toContain('newTag: "{{nginxTag}}"');
  expect(made.get('parts/c/patch.yaml.hbs')).toContain('spec: {replicas: {{replicas}} }');
  expect(made.get('base/app.yaml.hbs')).toContain('replicas: 2   # two');
  expect(made.get('base/conf/a.txt')).toBe('kind: {{ text');
});

describe('refused, in plain words:', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: Yg==}\n';
  const ok = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\n';
  test.each<[string, Record<string, string>, string]>([
    ['a folder that is not there', {}, 'there is no folder "src"'],
    ['a folder without manifests', { 'sub/a.yaml': ok }, 'folder "src" has none'],
    ['a chart', { 'Chart.yaml': 'a: 1' }, 'is a Helm chart'],
    ['a template of a chart', { 'a.yaml': 'a: {{ .Values.x }}\n' }, '"a.yaml", line 1'],
    ['a Secret with data', { 'a.yaml': secret }, 'Secret "s" (a.yaml, line 1)'],
    [
      'a Secret in a list',
      { 'a.yaml': `apiVersion: v1\nkind: List\nitems:\n- ${secret.trimEnd().replaceAll('\n', '\n  ')}\n` },
      'Secret "s"',
    ],
    [
      'a custom resource definition',
      { 'a.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\n' },
      'it has no namespace',
    ],
    ['a symbolic link', { 'a.yaml': 'link:/etc/passwd' }, 'it is a symbolic link'],
    ['a symbolic link in a kustomization', { 'kustomization.yaml': 'resources: [a.yaml]', 'a.yaml': 'link:x' }, 'it is a symbolic link'],
    ['something remote', { 'kustomization.yaml': 'resources: ["https://example.com/a.yaml"]' }, 'not in the folder but fetched'],
    ['a repository', { 'kustomization.yaml': 'bases: ["github.com/a/b"]' }, 'not in the folder but fetched'],
    ['a file outside', { 'kustomization.yaml': 'resources: [../a.yaml]' }, 'it lies outside the folder'],
    ['an absolute path', { 'kustomization.yaml': 'resources: [/etc/passwd]' }, 'it lies outside the folder'],
    [
      'a generator’s file outside',
      { 'kustomization.yaml': 'configMapGenerator: [{name: a, files: [a=../../x]}]' },
      'it lies outside the folder',
    ],
    ['a missing file', { 'kustomization.yaml': 'resources: [a.yaml]' }, 'it does not exist'],
    ['a folder without a kustomization', { 'kustomization.yaml': 'resources: [a]', 'a/b.yaml': ok }, 'the folder has no kustomization'],
    ['a file that a package has itself', { 'template.yaml': ok }, 'a template package has a file of this name'],
    ['a name of a template file', { 'kustomization.yaml': 'resources: [a.yaml.hbs]', 'a.yaml.hbs': ok }, 'ends in .hbs'],
    ['names that differ in case only', { 'a.yaml': ok, 'A.yaml': ok }, 'in case only'],
    ['something else beside objects', { 'a.yaml': `${ok}---\na: 1\n` }, 'it is no Kubernetes object'],
    [
      'a namespace that cannot be taken out',
      { 'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  namespace:\n    x\n' },
      'it stands where it cannot be left out',
    ],
    ['broken YAML', { 'a.yaml': 'a: [\n' }, '"a.yaml", line'],
  ])('%s', async (_, files, words) => {
    const said = problemsOf(await find(files)).filter((each) => each.includes(words));
    expect(said).toHaveLength(1);
  });

  test('too many files, once', async () => {
    const files = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`a${index}.yaml`, ok]));
    expect(problemsOf(await find(files))).toEqual(['manifest-not-taken: Cannot take over "src": there are more than 500 files or 8 MiB']);
  });

  test('with the command that would do', async () => {
    const { problems } = await findApp({
      folder: folderOf({ 'kustomization.yaml': 'resources: [../../base]' }),
      from: '../k8s/overlays/live',
    });
    expect(problems[0]!.hint).toBe('Take over the folder that holds both: --from ../k8s --entry overlays/live');
  });
});

const comment = fc.constantFrom('', ' # a: {b}', '   # "x"');
const quoted = (text: string) => fc.constantFrom(text, `"${text}"`, `'${text}'`);
const manifest = fc
  .record({
    replicas: fc.nat(20),
    tag: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,6}$/),
    style: fc.boolean(),
    comment,
    host: fc.constantFrom('a.example.net', '"*.b.example.net"', "'c.example.net'"),
  })
  .chain((drawn) => fc.record({ image: quoted(`registry:5000/web:${drawn.tag}`) }).map((texts) => ({ ...drawn, ...texts })))
  .map(({ replicas, image, style, comment: note, host }) =>
    [
      'apiVersion: apps/v1',
      'kind: Deployment',
      `metadata: {name: web}${note}`,
      'spec:',
      ...(style ? [`  replicas: ${replicas}${note}`] : ['  minReadySeconds: 3']),
      `  template: {spec: {containers: [{name: web, image: ${image} }]}}${note}`,
      '---',
      'apiVersion: networking.k8s.io/v1',
      'kind: Ingress',
      'metadata:',
      '  name: i',
      `spec: {rules: [{host: ${host}}]}${note}`,
      '',
    ].join('\n'),
  );

test('values with their defaults give the documents that were there, and no other line changes', async () => {
  await fc.assert(
    fc.asyncProperty(manifest, fc.constantFrom('\n', '\r\n'), async (lines, lineBreak) => {
      const text = lines.replaceAll('\n', lineBreak);
      const found = await find({ 'a.yaml': text });
      expect(problemsOf(found)).toEqual([]);
      expect(found.candidates.length).toBeGreaterThanOrEqual(2);
      const made = filesOf(found).get('a.yaml.hbs')!;
      const defaults = new Map(found.candidates.map(({ name, schema }) => [name, schema['default']]));
      const filled = made.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => JSON.stringify(defaults.get(name)).replaceAll('"', ''));
      expect(parseYaml(filled).problems).toEqual([]);
      expect(parseYaml(filled).documents.map(({ value }) => value)).toEqual(parseYaml(text).documents.map(({ value }) => value));
      const before = text.split(lineBreak);
      const after = made.split(lineBreak);
      expect(after.length).toBe(before.length);
      for (const [index, line] of after.entries()) if (!line.includes('{{')) expect(line).toBe(before[index]);
    }),
  );
});

test('where only folders below hold kustomizations, they are named, the deepest first', async () => {
  const found = await find({
    'base/kustomization.yaml': 'resources: [app.yaml]\n',
    'base/app.yaml': DEPLOYMENT,
    'overlays/live/kustomization.yaml': 'resources: [../../base]\n',
    'notes/a.yaml': 'a: 1\n',
  });
  expect(found.problems.map(({ hint }) => hint)).toEqual([
    'Say which of its kustomizations to take: --entry "overlays/live", or --entry "base"',
  ]);
});
