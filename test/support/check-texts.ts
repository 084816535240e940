import { readFileSync } from 'node:fs';
import { load } from '../../generator/01-load/load.ts';
import { validate } from '../../generator/02-validate/validate.ts';
import { repoPath } from '../../generator/lib/path.ts';
import type { Diagnostic, Outcome } from '../../generator/model/diagnostic.ts';
import type { InputFiles, Intents } from '../../generator/model/intents.ts';
import type { SourceFile } from '../../generator/model/source.ts';

/** Path to text. */
export type Texts = Readonly<Record<string, string>>;

const PATHS = ['intents/clusters.yaml', 'intents/retail.yaml', 'templates/apps/web/template.yaml', 'templates/apps/web/web.yaml.hbs'];

/** A small fleet without mistakes: two clusters, a cloud, a deployment of one app, its template. */
export const base: Texts = Object.fromEntries(
  PATHS.map((path) => [path, readFileSync(new URL(`../diagnostics/_base/${path}`, import.meta.url), 'utf8')]),
);

/** The base with one part of one file replaced; fails if the part is not there exactly once. */
export function edited(path: string, { from, to }: { readonly from: string; readonly to: string }): Texts {
  const parts = (base[path] ?? '').split(from);
  if (parts.length !== 2) throw new Error(`${path} has ${parts.length - 1} times: ${from}`);
  return { ...base, [path]: parts.join(to) };
}

export function inputOf(texts: Texts): InputFiles {
  const templates = new Map<string, SourceFile[]>();
  const intents: SourceFile[] = [];
  for (const [path, text] of Object.entries(texts)) {
    const file = { path: repoPath(path), text };
    const name = /^templates\/apps\/([^/]+)\//.exec(path)?.[1];
    if (name === undefined) intents.push(file);
    else templates.set(name, [...(templates.get(name) ?? []), file]);
  }
  return { intents, templates };
}

/** Loads and validates; the findings of both. */
export function checkTexts(texts: Texts): Outcome<Intents> {
  const loaded = load(inputOf(texts));
  const { value, diagnostics } = validate(loaded.value);
  return { value, diagnostics: [...loaded.diagnostics, ...diagnostics] };
}

/** `code word` for each finding, where the word is what stands at its place. */
export function brief(diagnostics: readonly Diagnostic[], texts: Texts): readonly string[] {
  return diagnostics.map(({ code, source }) => {
    if (!source) return code;
    const line = texts[source.file]?.split('\n')[source.line - 1] ?? '';
    return `${code} ${/^[\w".-]+|^./.exec(line.slice(source.column - 1))?.[0] ?? ''}`;
  });
}
