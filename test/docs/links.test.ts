import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const below = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`);
const pages = [...readdirSync(ROOT), ...below].filter((path) => path.endsWith('.md')).sort();

/** The text without code, in which brackets mean something else. */
function prose(path: string): string {
  return readFileSync(path, 'utf8').replaceAll(/^ *```[^]*?^ *```$/gm, '');
}

/** What headings can be referred to by, as GitHub names them. */
function anchors(path: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, heading = ''] of prose(path).matchAll(/^#+ (.*)$/gm)) {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = text.replaceAll(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');
    let name = anchor;
    for (let count = 1; found.has(name); count += 1) name = `${anchor}-${count}`;
    found.add(name);
  }
  return found;
}

/** Links of a page that lead nowhere. */
function deadLinks(page: string): readonly string[] {
  const text = prose(join(ROOT, page)).replaceAll(/`[^`\n]*`/g, 'code');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));
  return links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
    return !existsSync(target) || (anchor !== undefined && !anchors(target).has(anchor));
  });
}

test('every link between the pages leads to a file, and every anchor to a heading', () => {
  expect(pages).toContain('docs/reference/seen.md');
  expect(pages.flatMap((page) => deadLinks(page).map((link) => `${page}: ${link}`))).toEqual([]);
});
