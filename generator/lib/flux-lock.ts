import type { FluxLock, VendoredVersion } from '../model/api.generated.ts';
import { compareVersions } from './version.ts';
import { printYaml } from './yaml/print.ts';

/** Text of `templates/flux/flux.lock.yaml` with one version added or replaced, lowest first. */
export function withVersion(lock: FluxLock | undefined, version: string, entry: VendoredVersion): string {
  const versions = new Map([...Object.entries(lock?.versions ?? {}), [version, entry]]);
  const sorted = [...versions].sort(([a], [b]) => compareVersions(a, b));
  const entries = sorted.map(([key, { components, sha256, from }]) => [key, { components: [...components], sha256, from }] as const);
  return `# Written by \`espalier flux vendor\`. Do not edit.\n${printYaml({
    apiVersion: 'espalier.dev/v1alpha1',
    kind: 'FluxLock',
    versions: Object.fromEntries(entries),
  })}`;
}
