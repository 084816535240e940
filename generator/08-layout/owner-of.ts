import { isInContexts, readInstancePath } from '../lib/instance-path.ts';
import { isIn } from '../lib/is-in.ts';
import type { ClusterId, ContextId } from '../model/context.ts';
import type { Owner } from '../model/file.ts';
import type { Provider, Providers } from '../model/provider.ts';
import type { RepoPath } from '../model/source.ts';

/** Who a path under `clusters/` belongs to, read from the path alone; `undefined`: nothing that may be deleted (status, an agent's own manifests, anything else). */
export function ownerOf(path: RepoPath, providers: Providers): Owner | undefined {
  const inFolder = readInstancePath(path);
  if (inFolder) return { kind: 'instance', instance: inFolder.instance };
  const [root, top = '', ...rest] = path.split('/');
  if (root !== 'clusters') return undefined;
  if (top === 'decisions') return decisionOwner(rest);
  if (!/^[^+]+\+[^+]+$/.test(top)) return undefined;
  const cluster = top as ClusterId;
  if (isInContexts(path)) return undefined;
  return providerOwner(cluster, rest.join('/'), Object.values(providers));
}

/** Every provider is asked: a cluster that changed its agent still has the old one's files. */
function providerOwner(cluster: ClusterId, path: string, providers: readonly Provider[]): Owner | undefined {
  for (const provider of providers) {
    const owner = provider.ownerOf(path);
    if (owner) return instance({ cluster, ...owner });
  }
  const isOurs = providers.some(({ roots, lasting }) => isIn(path, roots) && !lasting.includes(path));
  return isOurs ? { kind: 'cluster', cluster } : undefined;
}

function decisionOwner(rest: readonly string[]): Owner | undefined {
  const [folder = '', file = '', ...deeper] = rest;
  const [, namespace, deployment] = /^([^.]+)\.(.+)$/.exec(folder) ?? [];
  const [, app] = /^(.+)\.yaml$/.exec(file) ?? [];
  if (namespace === undefined || deployment === undefined || app === undefined || deeper.length > 0) return undefined;
  return { kind: 'decision', namespace, deployment, app };
}

function instance({ cluster, context, app }: { readonly cluster: ClusterId; readonly context: string; readonly app: string }): Owner {
  return { kind: 'instance', instance: { cluster, context: context as ContextId, app } };
}
