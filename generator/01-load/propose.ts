import type { Outcome } from '../model/diagnostic.ts';
import type { InputFiles } from '../model/intents.ts';
import type { SourceFile } from '../model/source.ts';

/** The input as it would be with some new files: what a file would do is tried before it is written. */
export function propose({ value, diagnostics }: Outcome<InputFiles>, files: readonly SourceFile[]): Outcome<InputFiles> {
  const intents = files.filter(({ path }) => /^intents\/.+\.ya?ml$/.test(path));
  const templates = new Map(value.templates);
  for (const file of files) {
    const [, name] = /^templates\/apps\/([^/]+)\/./.exec(file.path) ?? [];
    if (name !== undefined) templates.set(name, [...(templates.get(name) ?? []), file]);
  }
  return {
    value: { ...value, intents: [...value.intents, ...intents], templates },
    diagnostics: intents.length === 0 ? diagnostics : diagnostics.filter(({ code }) => code !== 'no-intents'),
  };
}
