import { repoPath } from '../../lib/path.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { JsonObject } from '../../model/json.ts';
import type { SourceFile } from '../../model/source.ts';
import { block, yamlText } from '../yaml-text.ts';
import { present } from './members.ts';
import type { Intent } from './model.ts';

/** An intent's file. `origin` is what it was where it comes from, for people. */
export function intentFile(
  path: string,
  { origin, intent, from = 'EMCO' }: { readonly origin: string; readonly intent: Intent; readonly from?: string },
): SourceFile {
  const { kind, metadata, spec } = intent;
  const document: JsonObject = { apiVersion: 'espalier.dev/v1alpha1', kind, metadata, spec: present(spec) };
  const text = yamlText`
    # ${`In ${from}: ${origin}`}
    ${block(printYaml(document))}`;
  return { path: repoPath(path), text };
}
