import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { brief, checkTexts, type Texts } from '../support/check-texts.ts';

const FOLDER = new URL('../../docs/providers/', import.meta.url);

/** The intents that a page shows, each block a file. A block that begins with the name of a file is something else. */
function intentsIn(page: string): Texts {
  const blocks = [...readFileSync(new URL(page, FOLDER), 'utf8').matchAll(/^( *)```yaml\n([^]*?)^ *```$/gm)];
  const texts = blocks.map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
  return Object.fromEntries(texts.filter((text) => !/^# [\w-]+\.yaml\n/.test(text)).map((text, index) => [`intents/${index}.yaml`, text]));
}

const pages = readdirSync(FOLDER).filter((page) => Object.keys(intentsIn(page)).length > 0);

test('pages of providers show intents', () => {
  expect(pages).toEqual(['argocd.md', 'azureArc.md', 'googleAnthos.md', 'kubernetes.md']);
});

test.each(pages)('what %s shows can be copied: its documents are whole, and what they refer to is among them', (page) => {
  const texts = intentsIn(page);
  expect(brief(checkTexts(texts).diagnostics, texts)).toEqual([]);
});
