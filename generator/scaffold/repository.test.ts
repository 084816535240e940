import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schemas } from '../02-validate/schemas.generated.ts';
import { repositoryFiles, schemaFiles } from './repository.ts';

const files = new Map([...repositoryFiles({ hasReadme: false }), ...schemaFiles(schemas)].map(({ path, text }) => [path as string, text]));

test('editors find their schemas in the repository itself, without an installation and without a network', () => {
  const settings = JSON.parse(files.get('.vscode/settings.json')!) as { readonly 'yaml.schemas': Record<string, readonly string[]> };
  const named = Object.keys(settings['yaml.schemas']).map((path) => path.replace(/^\.\//, ''));
  expect(named).toEqual(['.schemas/intent.schema.json', '.schemas/template.schema.json', '.schemas/seen.schema.json']);
  const seen = new Set<string>();
  for (const path of named) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = files.get(path)!;
    // What is written is what the package has.
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(new URL(`../../api/v1alpha1/${path.slice(9)}`, import.meta.url), 'utf8')));
    named.push(...[...text.matchAll(/"\$ref": "([^"#]+)/g)].map(([, reference = '']) => `.schemas/${reference}`));
    expect(text).not.toMatch(/"\$ref": "https?:/);
  }
  expect([...seen].sort()).toEqual([...files.keys()].filter((path) => path.startsWith('.schemas/')).sort());
  const line = /\$schema=(\S+)/.exec(files.get('README.md')!)![1]!;
  expect(files.has(line.replaceAll('../', ''))).toBe(true);
});

test('nothing leads to a package that a registry does not have, or has of somebody else', () => {
  expect([...files.keys()]).not.toContain('package.json');
  for (const text of files.values()) expect(text).not.toMatch(/\bnpx\b|npm install/);
  expect([...files.keys()].some((path) => path.startsWith('.github/'))).toBe(false);
});

test('a README that is there stays', () => {
  expect(repositoryFiles({ hasReadme: true }).map(({ path }) => path)).not.toContain('README.md');
});
