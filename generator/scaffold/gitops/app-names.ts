import { assignNames, slug } from '../emco/names.ts';
import type { Release, Surroundings } from './model.ts';
import type { Part } from './parts.ts';

export interface AppNames {
  readonly app: (part: Part) => string;
  readonly template: (part: Part) => string;
}

/** Names of apps, unique in their namespace, and of packages, unique in the repository. A chart's app is called like its release, whatever others want. */
export function nameApps(
  parts: readonly Part[],
  { releases, templates }: { readonly releases: readonly Release[] } & Pick<Surroundings, 'templates'>,
): AppNames {
  const apps = new Map<string, string>();
  for (const namespace of new Set(parts.map((part) => part.namespace))) {
    const taken = new Set(releases.filter((release) => release.namespace === namespace).map(({ name }) => name));
    const own = parts.filter((part) => part.namespace === namespace);
    const wishes = own.map((part) => ({ key: keyOf(part), wishes: [part.name, `${part.name}-manifests`] }));
    for (const [key, name] of assignNames(wishes, { longest: 43, clean: free(taken) })) apps.set(key, name);
  }
  const wishes = parts.map((part) => ({ key: keyOf(part), wishes: [part.name, `${part.namespace}-${part.name}`] }));
  const packages = assignNames(wishes, { longest: 63, clean: free(templates) });
  return { app: (part) => apps.get(keyOf(part)) ?? '', template: (part) => packages.get(keyOf(part)) ?? '' };
}

function keyOf({ namespace, unit, clusters }: Part): string {
  return JSON.stringify([namespace, unit, clusters]);
}

function free(taken: ReadonlySet<string>): (text: string) => string {
  return (text) => {
    const name = slug(text);
    return taken.has(name) ? '' : name;
  };
}
