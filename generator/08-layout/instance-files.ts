import { compareText } from '../lib/order.ts';
import { filePath, repoPath } from '../lib/path.ts';
import { canonical } from '../lib/canonical.ts';
import { instanceFolder } from '../lib/instance-path.ts';
import { headsOf } from '../lib/printed-heads.ts';
import { printYaml } from '../lib/yaml/print.ts';
import { type GeneratedFile, HERE, MARKER, type Owner } from '../model/file.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Place } from '../model/place.ts';
import type { PrintedHead, StampedInstance } from '../model/render.ts';

export interface FolderForm {
  /** Where the agent reads all that lies below a folder; absent: it reads what a kustomization lists. */
  readonly place: Place | undefined;
  /** What each object gets, unless its template says otherwise. */
  readonly annotations: JsonObject | undefined;
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
  return (stamped, { place, annotations }) => {
    const { instance, printed } = stamped;
    const annotate = annotations && Object.keys(annotations).length > 0 ? annotations : undefined;
    const folder = repoPath(instanceFolder(instance, place));
    const owner: Owner = { kind: 'instance', instance };
    const last = new Map(printed.map(({ file, text }, index) => [file, { text, index }]));
    return [
      ...(place === undefined ? [{ target: HERE, owner, path: filePath(folder, 'kustomization.yaml'), content: indexOf(stamped) }] : []),
      ...[...last].map(([file, { text, index }]) => ({
        target: HERE,
        owner,
        path: filePath(folder, file),
        get content() {
          return `${MARKER}\n${annotate ? printAnnotated(stamped.objects[index], annotate) : text()}`;
        },
      })),
    ];
  };
}

function printAnnotated(object: KubeObject | undefined, annotations: JsonObject): string {
  if (!object) throw new Error('Fewer objects than texts');
  const { metadata } = object;
  const own = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {};
  return printYaml(canonical({ ...object, metadata: { ...metadata, annotations: { ...annotations, ...own } } }));
}

function printKustomization(resources: readonly string[]): string {
  return `${MARKER}\n${printYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources })}`;
}
