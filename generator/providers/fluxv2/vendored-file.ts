import { MARKER } from '../../model/file.ts';
import type { VendoredFlux } from '../../model/intents.ts';

const files = new WeakMap<VendoredFlux, string>();

/** Text of `gotk-components.yaml`: what is vendored, byte for byte, after two lines of ours. Some hundred kB, so that all clusters share one. */
export function vendoredFile(vendored: VendoredFlux): string {
  const known = files.get(vendored);
  if (known !== undefined) return known;
  const { version, file } = vendored;
  const text = `${MARKER}\n# Flux ${version}, from ${file.path}.\n${file.text}`;
  files.set(vendored, text);
  return text;
}
