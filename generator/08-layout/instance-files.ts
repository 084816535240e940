import { compareText } from '../lib/order.ts';
import { filePath, repoPath } from '../lib/path.ts';
import { instanceFolder } from '../lib/instance-path.ts';
import { headsOf } from '../lib/printed-heads.ts';
import { printYaml } from '../lib/yaml/print.ts';
import { type GeneratedFile, HERE, MARKER, type Owner } from '../model/file.ts';
import type { Place } from '../model/place.ts';
import type { PrintedHead, StampedInstance } from '../model/render.ts';

export interface FolderForm {
  readonly place: Place;
  /** Whether a kustomization lists the files. */
  readonly isKustomized: boolean;
}

/** Makes instances' folders: a file for each object, and a kustomization that lists exactly these where the agent reads one. */
export type FolderLayout = (stamped: StampedInstance, form: FolderForm) => readonly GeneratedFile[];

/** Remembers the kustomizations that it wrote: most instances of an app have the same. */
export function createFolderLayout(): FolderLayout {
  const kustomizations = new Map<string, string>();
  const known = new WeakMap<readonly PrintedHead[], string>();
  const kustomizationOf = (heads: readonly PrintedHead[]): string => {
    const names = [...new Set(heads.map(({ file }) => file))].sort(compareText);
    const key = names.join('/');
    const kustomization = kustomizations.get(key) ?? printKustomization(names);
    kustomizations.set(key, kustomization);
    return kustomization;
  };
  const indexOf = (stamped: StampedInstance): string => {
    const heads = headsOf(stamped);
    const kustomization = known.get(heads) ?? kustomizationOf(heads);
    known.set(heads, kustomization);
    return kustomization;
  };
  return (stamped, { place, isKustomized }) => {
    const { instance, printed } = stamped;
    const folder = repoPath(instanceFolder(instance, place));
    const owner: Owner = { kind: 'instance', instance };
    const last = new Map(printed.map((object) => [object.file, object]));
    return [
      ...(isKustomized ? [{ target: HERE, owner, path: filePath(folder, 'kustomization.yaml'), content: indexOf(stamped) }] : []),
      ...[...last.values()].map(({ file, text }) => ({
        target: HERE,
        owner,
        path: filePath(folder, file),
        get content() {
          return `${MARKER}\n${text()}`;
        },
      })),
    ];
  };
}

function printKustomization(resources: readonly string[]): string {
  return `${MARKER}\n${printYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources })}`;
}
