import { resolve } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Obtained } from '../../io/flux/obtained.ts';
import { DEFAULT_COMPONENTS, type FluxComponent, inspectFlux, selectComponents } from '../../lib/flux-manifests.ts';
import { checkFleet } from '../../io/read-input.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { SharedOptions } from '../cli/command-line.ts';
import { checkArguments } from './check-arguments.ts';
import { missingVersion } from './missing-version.ts';
import { readLock } from './read-lock.ts';
import { tellVendored } from './tell-vendored.ts';
import { chooseWay, describeWay, obtain, type Way, type WayOptions } from './ways.ts';
import { type Vendored, writeVendored } from './write-vendored.ts';

export interface VendorOptions extends SharedOptions, WayOptions {
  /** `major.minor.patch`. */
  readonly version?: string | undefined;
  /** Separated by commas. */
  readonly components: string | undefined;
}

/** `espalier flux vendor`: puts install manifests of Flux into `templates/flux/` and pins them. Gives the exit code. */
export async function fluxVendor(options: VendorOptions): Promise<number> {
  return tellVendored(await vendor(options), options);
}

async function vendor(options: VendorOptions): Promise<Outcome<Vendored | undefined>> {
  const { version } = options;
  const root = resolve(options.root);
  const noFleet = await checkFleet(root);
  if (noFleet.length > 0) return { value: undefined, diagnostics: noFleet };
  if (version === undefined) return refuse(await missingVersion(root));
  const { value: wanted, diagnostics } = checkArguments({ ...options, version });
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  const lock = await readLock(root);
  if (lock.diagnostics.length > 0) return { value: undefined, diagnostics: lock.diagnostics };
  const way = await chooseWay(options);
  const obtained = await obtain(way, { version, components: wanted ?? DEFAULT_COMPONENTS });
  if (obtained.kind !== 'obtained') return refuse(whyNotObtained(obtained, { way, version }));
  const fitted = fit(obtained.text, { way, version, wanted });
  if ('problem' in fitted)
    return refuse(diagnose('not-flux-manifests', { version, from: describeWay(way), reason: fitted.problem }, { reach: RUN }));
  return writeVendored(root, { ...fitted, version, from: obtained.from, lock: lock.value });
}

function refuse(diagnostic: Diagnostic): Outcome<undefined> {
  return { value: undefined, diagnostics: [diagnostic] };
}

interface Asked {
  readonly way: Way;
  readonly version: string;
}

function whyNotObtained(obtained: Exclude<Obtained, { kind: 'obtained' }>, { way, version }: Asked): Diagnostic {
  const from = describeWay(way);
  if (obtained.kind === 'failed')
    return diagnose('flux-not-obtained', { version, from, reason: obtained.reason, way: way.kind }, { reach: RUN });
  const { file, expected, found } = obtained;
  return diagnose('flux-checksum-differs', { from, file, expected, found }, { reach: RUN });
}

type Fitted = { readonly text: string; readonly components: readonly FluxComponent[] } | { readonly problem: string };

/** The manifests with the controllers that are wanted. A file is taken as it is unless some are asked for; a release has them all. */
function fit(text: string, { way, version, wanted }: Asked & { readonly wanted: readonly FluxComponent[] | undefined }): Fitted {
  const isWhole = way.kind === 'program' || (way.kind === 'files' && !wanted);
  const selected = isWhole ? { text } : selectComponents(text, wanted ?? DEFAULT_COMPONENTS);
  if ('problem' in selected) return selected;
  const inspected = inspectFlux(selected.text, version, { wanted });
  if ('problem' in inspected) return inspected;
  return { text: selected.text, components: inspected.components };
}
