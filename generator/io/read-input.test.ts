import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readInput } from './read-input.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'espalier-read-'));
  write('intents/a.yaml', 'a: 1\n');
  write('templates/apps/web/template.yaml', 'a: 1\n');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

async function findings(): Promise<readonly string[]> {
  const { diagnostics } = await readInput(root);
  return diagnostics.map(
    ({ code, source, reach }) => `${code} ${source?.file ?? '-'} ${reach.kind === 'template' ? reach.template : reach.kind}`,
  );
}

test('readInput() reads YAML files of intents/ and all files of packages, sorted', async () => {
  write('intents/z/deep/b.yml', 'b: 1\n');
  write('intents/README.md', '# Notes');
  write('templates/apps/README.md', '# Notes');
  write('templates/apps/web/base/x.yaml.hbs', '\ufeffx: é\n');
  const { value, diagnostics } = await readInput(root);
  expect(diagnostics).toEqual([]);
  expect(value.intents.map(({ path }) => path)).toEqual(['intents/a.yaml', 'intents/z/deep/b.yml']);
  expect([...value.templates].map(([name, files]) => [name, files.map(({ path, text }) => [path, text])])).toEqual([
    [
      'web',
      [
        ['templates/apps/web/base/x.yaml.hbs', 'x: é\n'],
        ['templates/apps/web/template.yaml', 'a: 1\n'],
      ],
    ],
  ]);
});

describe('readInput() reports', () => {
  test('that there are no templates', async () => {
    rmSync(join(root, 'templates'), { recursive: true });
    expect(await findings()).toEqual(['missing-folder - run']);
  });

  test.each([[['intents']], [['intents', 'templates']]])('that the folder is no fleet without %j', async (missing) => {
    for (const folder of missing) rmSync(join(root, folder), { recursive: true });
    expect(await findings()).toEqual(['not-a-fleet - run']);
  });

  test('that intents/ has no YAML file', async () => {
    rmSync(join(root, 'intents/a.yaml'));
    write('intents/README.md', '');
    expect(await findings()).toEqual(['no-intents - run']);
  });

  test('files that look as if they were meant to be read, with the name that they need', async () => {
    for (const name of ['b.YAML', 'deep/c.Yml', 'd.json']) write(`intents/${name}`, 'a: 1');
    for (const name of ['README.md', 'notes.txt', '.hidden.json', '.vscode/settings.json', 'yaml']) write(`intents/${name}`, '');
    write('templates/apps/api/template.yml', 'a: 1');
    for (const name of ['x.yaml.HBS', 'y.JSON', 'deep/template.yml', '.z.HBS']) write(`templates/apps/web/${name}`, 'a: 1');
    write('templates/crds/x.Yaml', 'a: 1');
    expect(await findings()).toEqual([
      'unread-file intents/b.YAML run',
      'unread-file intents/d.json run',
      'unread-file intents/deep/c.Yml run',
      'unread-file templates/apps/api/template.yml api',
      'unread-file templates/apps/web/x.yaml.HBS web',
      'unread-file templates/crds/x.Yaml run',
    ]);
    const { value, diagnostics } = await readInput(root);
    expect(value.unread).toEqual({ intents: true, templates: new Set(['api', 'web']) });
    expect(diagnostics.map(({ hint }) => /^Rename it to ([^ ,]+),/.exec(hint ?? '')?.[1])).toEqual([
      'intents/b.yaml',
      'intents/d.yaml',
      'intents/deep/c.yaml',
      'templates/apps/api/template.yaml',
      'templates/apps/web/x.yaml.hbs',
      'templates/crds/x.yaml',
    ]);
  });

  test('links to files, to folders, to nowhere, and in place of a whole folder', async () => {
    symlinkSync('/etc/passwd', join(root, 'intents/b.yaml'));
    symlinkSync('..', join(root, 'intents/up'));
    symlinkSync('nowhere', join(root, 'templates/apps/web/x.yaml'));
    symlinkSync('web', join(root, 'templates/apps/other'));
    expect(await findings()).toEqual([
      'symlink intents/b.yaml run',
      'symlink intents/up run',
      'symlink templates/apps/other other',
      'symlink templates/apps/web/x.yaml web',
    ]);
    rmSync(join(root, 'intents'), { recursive: true });
    symlinkSync('templates', join(root, 'intents'));
    expect(await findings()).toContain('symlink intents run');
  });

  test.each([
    ['a file over 1 MiB', new Uint8Array(1024 * 1024 + 1).fill(35), 'file-too-large'],
    ['a binary file', new Uint8Array([137, 80, 0, 1]), 'binary-file'],
    ['text in Latin-1', new Uint8Array([0x61, 0xe9, 0x0a]), 'not-utf8'],
  ])('%s', async (_, content, code) => {
    write('intents/b.yaml', content);
    write('templates/apps/web/b', content);
    expect(await findings()).toEqual([`${code} intents/b.yaml run`, `${code} templates/apps/web/b web`]);
    const { value } = await readInput(root);
    expect(value.unread).toEqual({ intents: true, templates: new Set(['web']) });
  });

  test('no file of exactly 1 MiB', async () => {
    write('intents/b.yaml', new Uint8Array(1024 * 1024).fill(35));
    expect(await findings()).toEqual([]);
  });

  test('a pipe, without waiting for its writer', async () => {
    execFileSync('mkfifo', [join(root, 'intents/b.yaml')]);
    expect(await findings()).toEqual(['unreadable intents/b.yaml run']);
  });

  test('names that hide something', async () => {
    write('intents/a\u001b[31m.yaml', '');
    write('intents/b\\c.yaml', '');
    write('templates/apps/web/\u202egpj.yaml', '');
    write('templates/apps/web/.git/config', '');
    expect(await findings()).toEqual(['odd-path - run', 'odd-path - run', 'odd-path - web', 'odd-path - web']);
    const { diagnostics } = await readInput(root);
    expect(diagnostics[0]?.message).not.toContain('\u001b');
  });

  test('paths that differ in case, once for a folder', async () => {
    write('intents/A.yaml', '');
    write('templates/apps/Web/template.yaml', '');
    write('templates/apps/api/x/Y', '');
    write('templates/apps/api/x/y', '');
    expect(await findings()).toEqual([
      'path-collision intents/a.yaml run',
      'path-collision templates/apps/Web Web',
      'path-collision templates/apps/web web',
      'path-collision templates/apps/api/x/y api',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('what permissions forbid', async () => {
    chmodSync(join(root, 'intents/a.yaml'), 0);
    chmodSync(join(root, 'templates/apps/web'), 0);
    expect(await findings()).toEqual(['unreadable intents/a.yaml run', 'unreadable - web']);
    chmodSync(join(root, 'templates/apps/web'), 0o755);
  });
});
