import { printYaml } from '../../lib/yaml/print.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { Kustomizer } from '../../model/ports.ts';
import type { Gathered } from './gather.ts';

/** Builds what an agent applies today: the folder, and laid over it what the agent's own object says (patches, images, a namespace …). */
export async function buildOriginal(
  { folder, files }: Pick<Gathered, 'folder' | 'files'>,
  { over, kustomizer }: { readonly over: JsonObject; readonly kustomizer: Kustomizer },
): Promise<readonly KubeObject[] | string> {
  const tree = new Map<string, string>([...files].map(([path, text]) => [`tree/${path}`, text]));
  const resources = [folder === '' ? 'tree' : `tree/${folder}`];
  tree.set('kustomization.yaml', printYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources, ...over }));
  const result = await kustomizer.build(tree, '.');
  return result.ok ? result.objects : result.message.replaceAll('tree/', '').replace(/\s+/g, ' ').slice(0, 400);
}
