import { canonical } from '../lib/canonical.ts';
import { objectFileName } from '../lib/object-file-name.ts';
import { compareText } from '../lib/order.ts';
import { repoPath } from '../lib/path.ts';
import { printYaml } from '../lib/yaml/print.ts';
import type { InstanceRef } from '../model/context.ts';
import { type GeneratedFile, HERE, MARKER } from '../model/file.ts';
import type { StampedInstance } from '../model/render.ts';

/** The instance's folder: a file for each object, and a kustomization that lists exactly these. */
export function instanceFiles({ instance, objects }: StampedInstance, cloudNamespace: string): readonly GeneratedFile[] {
  const texts = new Map(objects.map((object) => [objectFileName(object, cloudNamespace), object]));
  const names = [...texts.keys()].sort(compareText);
  const folder = instanceFolder(instance);
  const file = (name: string, text: string): GeneratedFile => ({
    target: HERE,
    owner: { kind: 'instance', instance },
    path: repoPath(`${folder}/${name}`),
    content: `${MARKER}\n${text}`,
  });
  return [
    file('kustomization.yaml', printYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: names })),
    ...[...texts].map(([name, object]) => file(name, printYaml(canonical(object)))),
  ];
}

/** `clusters/<p+c>/context/<cid>/app/<app>` */
export function instanceFolder({ cluster, context, app }: InstanceRef): string {
  return `clusters/${cluster}/context/${context}/app/${app}`;
}
