import { describe, expect, test } from 'vitest';
import { base, brief, inputOf } from '../../test/support/check-texts.ts';
import { load } from './load.ts';

const CLUSTER = 'kind: Cluster\nmetadata: {name: a}\n';
const CLOUD = 'kind: LogicalCloud\nmetadata: {name: a}\n';
const SHOP = 'kind: DeploymentIntent\nmetadata: {name: a}\n';

function loadTexts(texts: Record<string, string>): ReturnType<typeof load> {
  return load(inputOf(texts));
}

test('load() returns every document that is not empty, by file and line', () => {
  const { value, diagnostics } = loadTexts({ 'intents/b.yaml': `---\n${CLUSTER}---\n# nothing\n---\n${SHOP}`, 'intents/a/c.yaml': CLOUD });
  expect(diagnostics).toEqual([]);
  expect(
    value.documents.map(({ file, value: document, at }) => [file, (document as { kind: string }).kind, at(['kind'], 'key').line]),
  ).toEqual([
    ['intents/a/c.yaml', 'LogicalCloud', 1],
    ['intents/b.yaml', 'Cluster', 2],
    ['intents/b.yaml', 'DeploymentIntent', 7],
  ]);
});

describe('load() reports YAML that cannot be read', () => {
  const bomb = Array.from({ length: 12 }, (_, level) => `a${level}: &a${level} [${level === 0 ? 'x' : `*a${level - 1}, `.repeat(9)}]`).join(
    '\n',
  );
  test.each([
    ['an open bracket', 'kind: [Cluster\n', 'not-yaml'],
    ['a tab', 'a:\n\tb: 1\n', 'not-yaml'],
    ['a duplicate key', 'kind: A\nb: 1\nb: 2\n', 'duplicate-key'],
    ['an alias bomb', bomb, 'alias-bomb'],
    ['deep nesting', '['.repeat(5000) + ']'.repeat(5000), 'too-deep'],
    ['a key with a meaning', 'a: {__proto__: {b: 1}}\n', 'forbidden-key'],
    ['a tag', 'a: !!js/function "x"\n', 'unknown-tag'],
  ])('%s', (_, text, code) => {
    const { diagnostics } = loadTexts({ 'intents/a.yaml': text });
    expect(new Set(diagnostics.map((one) => one.code))).toEqual(new Set([code]));
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('b');
  });

  test('once for ten thousand equal keys, and soon', () => {
    const { diagnostics } = loadTexts({ 'intents/a.yaml': Array.from({ length: 10_000 }, (_, index) => `a${index}: 1`).join('\n') });
    expect(diagnostics).toEqual([]);
  });
});

test("load() reports one slip of syntax for a document, not what the parser makes of what follows; another document's as well", () => {
  const { diagnostics } = loadTexts({ 'intents/a.yaml': 'a:\n\tb: 1\n  c: d: e\n---\na: 1\n---\na: "b\n' });
  expect(diagnostics.map(({ code, source }) => `${code} ${source?.line}`)).toEqual(['not-yaml 2', 'not-yaml 7']);
});

describe('a file that is not YAML reaches', () => {
  const reachOf = (text: string): string => loadTexts({ 'intents/a.yaml': `${text}oops: [\n` }).diagnostics[0]!.reach.kind;
  test.each([
    ['what nobody speaks of, if it holds one team’s documents only', `${CLOUD}---\n${SHOP}`, 'unaccounted'],
    ['the run, if it holds a cluster too', `${CLUSTER}---\n${SHOP}`, 'run'],
    ['the run, if a document does not tell its kind', `${SHOP}---\n{kind: DeploymentIntent}\n---\n`, 'run'],
    ['the run, if a kind stands deeper only', `a:\n  kind: DeploymentIntent\n`, 'run'],
    ['the run, if nothing can be told', '', 'run'],
  ])('%s', (_, text, reach) => {
    expect(reachOf(text)).toBe(reach);
  });
});

test('load() keeps the documents before a slip of syntax, and tells which kinds were lost', () => {
  const { value } = loadTexts({ 'intents/a.yaml': `${CLUSTER}---\n${SHOP}oops: [\n---\n${CLOUD}` });
  expect(value.documents.map((document) => document.at([]).line)).toEqual([1]);
  expect([...value.broken]).toEqual(['intents/a.yaml']);
  expect(value.unreadKinds).toEqual(new Set(['Cluster', 'DeploymentIntent', 'LogicalCloud']));
});

test('load() reports that there is no document at all', () => {
  expect(brief(loadTexts({ 'intents/a.yaml': '# nothing yet\n' }).diagnostics, {})).toEqual(['no-intents']);
});

describe('load() reads packages', () => {
  const path = 'templates/apps/web/template.yaml';
  const digestOf = (texts: Record<string, string>): string | undefined => loadTexts(texts).value.templates.get('web')?.digest;

  test('whose digest changes with every name and text', () => {
    const digests = [
      base,
      { ...base, [path]: `${base[path]!}# more\n` },
      { ...base, 'templates/apps/web/other': '' },
      { ...base, 'templates/apps/web/a/other': '' },
      { ...base, 'templates/apps/web/other': 'x' },
    ].map(digestOf);
    expect(new Set(digests).size).toBe(5);
  });

  test('whose digest does not depend on the order of files', () => {
    expect(digestOf(Object.fromEntries(Object.entries(base).reverse()))).toBe(digestOf(base));
  });

  test.each([
    ['without template.yaml', Object.fromEntries(Object.entries(base).filter(([name]) => name !== path)), 'missing-template-file'],
    ['with two documents in it', { ...base, [path]: `${base[path]!}---\na: 1\n` }, 'missing-template-file'],
    ['with broken YAML in it', { ...base, [path]: 'a: [\n' }, 'not-yaml'],
  ])('%s, as findings that reach the template', (_, texts, code) => {
    const { value, diagnostics } = loadTexts(texts);
    expect(diagnostics.map((one) => [one.code, one.reach])).toEqual([[code, { kind: 'template', template: 'web' }]]);
    expect(value.unreadTemplates).toEqual(new Set(['web']));
  });
});
