import { configMap, text } from './sample-objects.ts';

/** A tree that does not build, and a part of the complaint. Where `same` is set, both engines say the same, word for word. */
export interface ErrorCase {
  readonly title: string;
  readonly root?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly message: RegExp;
  readonly same: boolean;
}

const kustomization = (content: string, others: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  'o/kustomization.yaml': content,
  ...others,
});
const a = text(configMap('a'));

export const errorCases: readonly ErrorCase[] = [
  {
    title: 'a missing resource',
    files: kustomization('resources: [nope.yaml]'),
    message: /nope\.yaml' : lstat o\/nope\.yaml: no such file/,
    same: true,
  },
  { title: 'a missing base', files: kustomization('resources: [../nope/x]'), message: /lstat nope: no such file/, same: true },
  {
    title: 'a file taken for a folder',
    files: kustomization('resources: [a.yaml/x]', { 'o/a.yaml': a }),
    message: /not a directory/,
    same: true,
  },
  { title: 'a folder without kustomization', files: { 'o/a.yaml': a }, message: /unable to find one of 'kustomization\.yaml'/, same: true },
  {
    title: 'a duplicate id',
    files: kustomization('resources: [a.yaml, b.yaml]', { 'o/a.yaml': a, 'o/b.yaml': a }),
    message: /may not add resource with an already registered id/,
    same: true,
  },
  { title: 'an unknown field', files: kustomization('resourcez: []'), message: /unknown field "resourcez"/, same: true },
  { title: 'an empty kustomization', files: kustomization('kind: Kustomization'), message: /kustomization\.yaml is empty/, same: true },
  { title: 'a kustomization that is no YAML', files: kustomization('resources:\n- a\n b: c'), message: /./, same: false },
  {
    title: 'a resource that is no YAML',
    files: kustomization('resources: [a.yaml]', { 'o/a.yaml': 'a: [b' }),
    message: /a\.yaml/,
    same: true,
  },
  {
    title: 'a resource that is no object',
    files: kustomization('resources: [a.yaml]', { 'o/a.yaml': 'a: b' }),
    message: /missing metadata\.name|missing Resource metadata/,
    same: true,
  },
  {
    title: 'a patch that is no YAML',
    files: kustomization('resources: [a.yaml]\npatches: [{patch: "x: [", target: {kind: ConfigMap}}]', { 'o/a.yaml': a }),
    message: /unable to parse SM or JSON patch/,
    same: true,
  },
  {
    title: 'a patch without its target',
    files: kustomization('resources: [a.yaml]\npatches: [{patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}"}]', {
      'o/a.yaml': a,
    }),
    message: /no matches for Id/,
    same: true,
  },
  {
    title: 'a JSON patch of a missing field',
    files: kustomization('resources: [a.yaml]\npatches: [{target: {kind: ConfigMap}, patch: "- {op: remove, path: /spec/x}"}]', {
      'o/a.yaml': a,
    }),
    message: /unable to remove nonexistent key|missing/i,
    same: true,
  },
  {
    title: 'a circle',
    files: { 'o/kustomization.yaml': 'resources: [../p]', 'p/kustomization.yaml': 'resources: [../o]' },
    message: /cycle detected/,
    same: true,
  },
  {
    title: 'a missing file of a generator',
    files: kustomization('configMapGenerator: [{name: a, files: [x]}]'),
    message: /no such file/,
    same: true,
  },
  {
    title: 'a file beside the root',
    files: kustomization('resources: [../a.yaml]', { 'a.yaml': a }),
    message: /security; file 'a\.yaml' is not in or below 'o'/,
    same: true,
  },
  {
    title: 'a broken schema, over which kustomize panics',
    files: kustomization(
      'openapi: {path: s}\nresources: [a.yaml]\npatches: [{patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: c}}"}]',
      { 'o/s': '}{', 'o/a.yaml': a },
    ),
    message: /^kustomize panicked: invalid schema file/,
    same: true,
  },
  {
    title: 'an exec plugin',
    files: kustomization('generators: [g.yaml]', {
      'o/g.yaml':
        'apiVersion: example.com/v1\nkind: Gen\nmetadata: {name: a, annotations: {config.kubernetes.io/function: "exec: {path: ./x.sh}"}}',
    }),
    message: /external plugins disabled/,
    same: true,
  },
  {
    title: 'a plugin',
    files: kustomization('transformers: [g.yaml]', { 'o/g.yaml': 'apiVersion: example.com/v1\nkind: Gen\nmetadata: {name: a}' }),
    message: /external plugins disabled/,
    same: true,
  },
  {
    title: 'a Helm chart',
    files: kustomization('helmCharts: [{name: a, repo: "https://example.com", version: "1"}]'),
    message: /helm/i,
    same: false,
  },
  {
    title: 'a file outside',
    files: kustomization('resources: [../../../../../../../../etc/hostname]'),
    message: /no such file|outside/,
    same: false,
  },
  {
    title: 'an absolute file',
    files: kustomization('configMapGenerator: [{name: a, files: [/etc/hostname]}]'),
    message: /no such file|outside/,
    same: false,
  },
  {
    title: 'a remote file',
    files: kustomization('resources: ["http://127.0.0.1:9/a.yaml"]'),
    message: /the network is off|outside/,
    same: false,
  },
  {
    title: 'a remote file of a generator',
    files: kustomization('configMapGenerator: [{name: a, files: ["x=http://127.0.0.1:9/a"]}]'),
    message: /the network is off|outside/,
    same: false,
  },
  {
    title: 'a remote repository',
    files: kustomization('resources: ["https://example.com/a/b.git//c?ref=1"]'),
    message: /no 'git' program|outside/,
    same: false,
  },
];
