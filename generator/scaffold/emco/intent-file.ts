import { repoPath } from '../../lib/path.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { JsonObject } from '../../model/json.ts';
import type { SourceFile } from '../../model/source.ts';
import { block, yamlText } from '../yaml-text.ts';
import { present } from './members.ts';
import type { Intent } from './model.ts';

/** An intent's file. `origin` is what it was in EMCO, for people. */
export function intentFile(path: string, { origin, intent }: { readonly origin: string; readonly intent: Intent }): SourceFile {
  const { kind, metadata, spec } = intent;
  const document: JsonObject = { apiVersion: 'espalier.dev/v1alpha1', kind, metadata, spec: present(spec) };
  const text = yamlText`
    # In EMCO: ${origin}
    ${block(printYaml(document))}`;
  return { path: repoPath(path), text };
}
