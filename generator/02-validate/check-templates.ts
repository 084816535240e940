import { diagnose } from '../diagnostics/diagnose.ts';
import { showPath, valueAt } from '../lib/json-path.ts';
import type { Memory } from '../lib/memo.ts';
import type { Template } from '../model/api.generated.ts';
import type { Diagnostic, Outcome, Reach } from '../model/diagnostic.ts';
import type { IntentDocument, Loaded, LoadedTemplate, TemplatePackage } from '../model/intents.ts';
import type { SourceFile } from '../model/source.ts';
import { checkVersion, isAboutVersion } from './check-document.ts';
import { checkVariables } from './check-variables.ts';
import { checkValuesSchema } from './check-values-schema.ts';
import { describe, quote } from '../lib/describe.ts';
import { SCHEMA_FILES } from './kinds.ts';
import { findSecrets } from './rules/literal-secrets.ts';
import { schemaErrors } from './schema-errors.ts';
import { schemaFindings } from './schema-findings.ts';
import { secretIn } from '../lib/secret-shapes.ts';

/** Checks every package's `template.yaml`; packages with mistakes are left out. */
export function createTemplateCheck(memory: Memory): (loaded: Loaded) => Outcome<ReadonlyMap<string, TemplatePackage>> {
  const checks = memory.memo<string, Outcome<TemplatePackage | undefined>>();
  return ({ templates, unreadTemplates }) => {
    const packages = new Map<string, TemplatePackage>();
    const diagnostics: Diagnostic[] = [];
    for (const [name, template] of templates) {
      const isUnread = unreadTemplates !== 'all' && unreadTemplates.has(name);
      const checked = checks.get(name, [template, isUnread], () => checkTemplate(template, isUnread));
      diagnostics.push(...checked.diagnostics);
      if (checked.value) packages.set(name, checked.value);
    }
    return { value: packages, diagnostics };
  };
}

function checkTemplate(template: LoadedTemplate, isUnread: boolean): Outcome<TemplatePackage | undefined> {
  const { manifest, name } = template;
  if (!manifest) return { value: undefined, diagnostics: [] };
  const diagnostics = [...checkManifest(manifest, template), ...[...template.files.values()].flatMap((file) => checkText(file, name))];
  if (diagnostics.length > 0 || isUnread) return { value: undefined, diagnostics };
  // The schema's word is what makes the type true.
  return { value: { ...template, manifest: { value: manifest.value as unknown as Template, at: manifest.at } }, diagnostics };
}

function checkManifest(document: IntentDocument, { name }: LoadedTemplate): readonly Diagnostic[] {
  const reach: Reach = { kind: 'template', template: name };
  const version = checkVersion(document, reach);
  if (version) return [version];
  const kind = valueAt(document.value, ['kind']);
  if (kind !== 'Template') {
    const shown = kind === undefined ? {} : { kind: typeof kind === 'string' ? quote(kind) : describe(kind) };
    return [diagnose('unknown-kind', { ...shown, kinds: ['Template'] }, { source: document.at(['kind']), reach })];
  }
  const secrets = findSecrets(document.value).map(({ path, what }) =>
    diagnose('literal-secret', { field: showPath(path), what }, { source: document.at(path), reach }),
  );
  const errors = schemaErrors(SCHEMA_FILES.Template, document.value).filter((error) => !isAboutVersion(error));
  if (errors.length > 0) return [...schemaFindings(errors, { document, reachOf: () => reach, reach }), ...secrets];
  const manifest = { value: document.value as unknown as Template, at: document.at };
  const given = manifest.value.metadata.name;
  const misnamed =
    given === name
      ? []
      : [diagnose('template-name', { template: name, name: given }, { source: document.at(['metadata', 'name']), reach })];
  return [...misnamed, ...checkValuesSchema(name, manifest), ...checkVariables(name, manifest), ...secrets];
}

/** No file of a package may hold a credential either: what is not in a Secret is rendered as it stands. */
function checkText({ path, text }: SourceFile, template: string): readonly Diagnostic[] {
  return text.split('\n').flatMap((line, index) => {
    const what = secretIn(line);
    if (what === undefined) return [];
    const source = { file: path, line: index + 1, column: 1, length: Math.max(1, line.length) };
    return [diagnose('literal-secret', { field: path, what }, { source, reach: { kind: 'template', template } })];
  });
}
