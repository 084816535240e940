import { canonical } from '../../lib/canonical.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { KubeObject } from '../../model/kube.ts';
import { adopt } from '../import/adopt.ts';
import { applyEdits } from '../import/edits.ts';
import { withoutNamespace } from './changes.ts';
import type { Paths, SourceTree, Written } from './source-tree.ts';

/** An object's text for a package, and the object that it says, without its namespace. */
export interface ObjectText {
  readonly object: KubeObject;
  readonly text: string;
  /** Whether its author's text was kept. */
  readonly isKept: boolean;
}

/** The document as its author wrote it, without the namespace; `undefined` where that cannot be, or where it says something else's name. */
export function keptText(
  object: KubeObject,
  { tree, within }: { readonly tree: SourceTree; readonly within: Paths },
): ObjectText | undefined {
  const written = tree.written(object, within);
  const text = written && documentText(written);
  if (text === undefined) return undefined;
  const { documents } = parseYaml(text);
  const file = { path: 'object.yaml', text, role: 'manifest', documents } as const;
  const adopted = adopt(file);
  if (adopted.problems.length > 0 || adopted.isEmpty || documents.filter(({ value }) => value !== null).length !== 1) return undefined;
  const edited = applyEdits(text, adopted.edits);
  const value = parseYaml(edited).documents.find((document) => document.value !== null)?.value;
  const own = value as KubeObject | undefined;
  if (own?.kind !== object.kind || own.apiVersion !== object.apiVersion || own.metadata.name !== object.metadata.name) return undefined;
  return { object: own, text: edited, isKept: true };
}

export function printedText(object: KubeObject): ObjectText {
  const plain = withoutNamespace(object);
  return { object: plain, text: printYaml(canonical(plain)), isKept: false };
}

/** From its separator, or the file's beginning, to the next. */
function documentText({ file, document }: Written): string | undefined {
  if (!/\.ya?ml$/.test(file.path)) return undefined;
  const lines = file.text.split(/\r\n|\n|\r/);
  const isSeparator = (line: string): boolean => /^---(?:\s|$)/.test(line);
  let first = document.locate([]).line - 1;
  while (first > 0 && !isSeparator(lines[first - 1] ?? '')) first -= 1;
  let end = document.locate([]).line - 1;
  while (end < lines.length && !isSeparator(lines[end] ?? '') && !/^\.\.\.(?:\s|$)/.test(lines[end] ?? '')) end += 1;
  return `${lines
    .slice(first, end)
    .join('\n')
    .replace(/^\s*\n|\s+$/g, '')}\n`;
}
