import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { quote } from '../../lib/describe.ts';
import { nearestName } from '../../lib/did-you-mean.ts';
import { FLUX_COMPONENTS, type FluxComponent, isFluxComponent } from '../../lib/flux-manifests.ts';
import { parseVersion } from '../../lib/version.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';

interface Given {
  readonly version: string;
  readonly components: string | undefined;
}

/** The components asked for, in Flux's order; `undefined`: none were given. */
export function checkArguments({ version, components }: Given): Outcome<readonly FluxComponent[] | undefined> {
  const diagnostics: Diagnostic[] = [];
  const bad = (flag: string, answer: string, rule: { readonly reason: string; readonly hint?: string }): void => {
    diagnostics.push(diagnose('bad-answer', { flag, answer: quote(answer), reason: rule.reason, hint: rule.hint }, { reach: RUN }));
  };
  if (parseVersion(version)?.length !== 3)
    bad('--version', version, { reason: 'it is no whole version of Flux', hint: 'Give major.minor.patch, such as 2.9.4' });
  if (components === undefined) return { value: undefined, diagnostics };
  const names = components.split(',').map((name) => name.trim());
  for (const name of names.filter((each) => !isFluxComponent(each))) {
    const near = nearestName(name, FLUX_COMPONENTS);
    const hint = near === undefined ? `Choose from ${FLUX_COMPONENTS.join(', ')}` : `Did you mean "${near}"?`;
    bad('--components', name, { reason: 'Flux has no such controller', hint });
  }
  return { value: FLUX_COMPONENTS.filter((name) => names.includes(name)), diagnostics };
}
