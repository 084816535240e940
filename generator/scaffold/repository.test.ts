import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { repositoryFiles } from './repository.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const files = new Map(repositoryFiles({ version: packageJson.version, hasReadme: false }).map(({ path, text }) => [path as string, text]));

test('editors find their schemas in the installed package, without a network', () => {
  const settings = JSON.parse(files.get('.vscode/settings.json')!) as { readonly 'yaml.schemas': Record<string, readonly string[]> };
  const schemas = Object.keys(settings['yaml.schemas']);
  expect(schemas).toHaveLength(2);
  for (const path of schemas) {
    const inPackage = path.replace('./node_modules/espalier/', '');
    // What package.json lists is what an installation has.
    expect(packageJson.files.some((folder) => inPackage.startsWith(`${folder}/`))).toBe(true);
    const text = readFileSync(ROOT + inPackage, 'utf8');
    for (const [, reference = ''] of text.matchAll(/"\$ref": "([^"#]+)/g))
      expect(existsSync(`${ROOT}api/v1alpha1/${reference}`)).toBe(true);
    expect(text).not.toMatch(/"\$ref": "https?:/);
  }
});

test('a repository is rendered with the version that it was made for, and needs nothing else', () => {
  expect(JSON.parse(files.get('package.json')!)).toMatchObject({ private: true, devDependencies: { espalier: packageJson.version } });
  expect(files.get('.gitignore')!.split('\n')).toContain('node_modules/');
  expect([...files.keys()].some((path) => path.startsWith('.github/'))).toBe(false);
});

test('a README that is there stays', () => {
  expect(repositoryFiles({ version: '1.0.0', hasReadme: true }).map(({ path }) => path)).not.toContain('README.md');
});
