import { member, referenceObject } from '../../lib/reference-object.ts';
import { FOLDER, HUB } from './names.ts';

/** The hub, from a target's root or from what takes its place, and what an Application is aimed at. */
export function homeIn(path: string, text: string): Readonly<Record<string, string>> {
  const [, hub] = /^argocd\/hub\/([^/]+)\.yaml$/.exec(path) ?? [];
  if (hub !== undefined) return { hub };
  if (path === `${FOLDER}root.yaml`) {
    const annotated = member(member(referenceObject(text)?.['metadata'], 'annotations'), HUB);
    return typeof annotated === 'string' ? { hub: annotated } : {};
  }
  if (!path.startsWith(`${FOLDER}applications/`)) return {};
  const destination = member(referenceObject(text)?.['spec'], 'destination');
  const aim = member(destination, 'name') ?? member(destination, 'server');
  return typeof aim === 'string' ? { destination: aim } : {};
}
