import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { TemplatePackage } from '../model/intents.ts';
import type { Finding, Where } from './finding.ts';
import type { Emission } from './tokenise.ts';
import type { Scalar } from './tokens.ts';

/** The values that mustaches stand for. One that is missing, or no scalar, is a mistake. */
export function toScalars(
  emissions: readonly Emission[],
  { name: template, manifest }: TemplatePackage,
): { readonly values: readonly Scalar[]; readonly findings: readonly Finding[] } {
  const values: Scalar[] = [];
  const findings: Finding[] = [];
  for (const { value, mustache } of emissions) {
    const { text, source } = mustache;
    if (value === undefined) {
      const { variables = {} } = manifest.value.spec;
      const variable = Object.hasOwn(variables, text) ? variables[text] : undefined;
      const toDiagnostic = ({ clusters = [], ...where }: Where): Diagnostic =>
        diagnose('absent-value', { value: text, template, variable, clusters }, where);
      findings.push({ scope: 'render', source, toDiagnostic });
    } else if (typeof value === 'object' && value !== null) {
      const is = Array.isArray(value) ? 'a list' : 'an object';
      findings.push({ scope: 'render', source, toDiagnostic: (where) => diagnose('value-not-scalar', { value: text, is }, where) });
    } else {
      values.push(value);
    }
  }
  return { values, findings };
}
