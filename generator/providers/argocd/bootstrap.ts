import { canonical } from '../../lib/canonical.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { clusterFile } from '../shared/cluster-files.ts';
import { application, syncPolicy } from './application.ts';
import { clusterSecret } from './cluster-secret.ts';
import { repositorySecret } from './repository-secret.ts';
import { clusterName, FOLDER, HUB, OWN_PATH, slugOf } from './names.ts';
import { folderOf, home, projectOf, type Setting, settingOf } from './setting.ts';
import { targets } from './targets.ts';

/** What the root reads of its folder: neither what a hub looks for, nor what somebody puts beside it. */
const INCLUDE = ['applications/*.yaml', 'cluster-secret.yaml', 'projects/*.yaml', 'root.yaml', 'targets.yaml'];

/** Repositories' Secrets are read where there are any: who asks for none has the same root as ever. */
function includeOf(setting: Setting): string {
  return `{${[...INCLUDE, ...Object.keys(repositorySecret(setting))].sort().join(',')}}`;
}

/** The root Application, or what lets a hub's ApplicationSet make it, and what else Argo CD needs to know of the cluster. */
export function bootstrap(at: ProviderCluster): readonly GeneratedFile[] {
  const setting = settingOf(at);
  if (!setting) return [];
  const { cluster, options, isTarget, hub } = setting;
  const file = (path: string, object: JsonObject): GeneratedFile => clusterFile(cluster.id, `${FOLDER}${path}`, printYaml(object));
  const isCollected = isTarget && options.form === 'applicationSet';
  const secret = isTarget ? clusterSecret(setting) : undefined;
  return [
    isCollected && hub !== undefined
      ? file(`hub/${slugOf(hub)}.yaml`, { root: rootFacts(setting) })
      : file('root.yaml', canonical(application(setting, ownRoot(setting)))),
    ...(!isTarget && options.form === 'applicationSet' ? [file('targets.yaml', canonical(targets(setting, collected(setting))))] : []),
    ...(secret ? [file('cluster-secret.yaml', canonical(secret))] : []),
    ...Object.entries(repositorySecret(setting)).map(([name, object]) => file(name, canonical(object))),
  ];
}

/** What tells one root from another. */
function rootFacts(setting: Setting) {
  return { name: clusterName('espalier', setting.cluster), path: folderOf(setting), project: projectOf(setting) };
}

/** It reads itself too. Without a finalizer: whoever deletes it by mistake deletes nothing else. */
function root(setting: Setting) {
  return rootOf(setting, rootFacts(setting), { allowEmpty: false, include: includeOf(setting) });
}

/** A target's own tells its hub too. */
function ownRoot(setting: Setting) {
  const { metadata, spec } = root(setting);
  const { hub, isTarget } = setting;
  if (!isTarget || hub === undefined) return { metadata, spec };
  return { metadata: { ...metadata, annotations: { ...metadata.annotations, [HUB]: slugOf(hub) } }, spec };
}

/** The same with what each target says in its place. It does not read itself, and may become empty. */
function collected(setting: Setting) {
  return rootOf(
    setting,
    { name: '{{ .root.name }}', path: '{{ .root.path }}', project: '{{ .root.project }}' },
    { allowEmpty: true, include: `{${INCLUDE.join(',')}}` },
  );
}

interface Reading {
  readonly allowEmpty: boolean;
  readonly include: string;
}

function rootOf(setting: Setting, { name, path, project }: ReturnType<typeof rootFacts>, { allowEmpty, include }: Reading) {
  const source = { ...setting.source, path, directory: { include, recurse: true } };
  const policy = syncPolicy(setting, { delivery: {}, options: ['ApplyOutOfSyncOnly=true'], allowEmpty });
  return {
    metadata: { name, annotations: { ...OWN_PATH } },
    spec: { project, source, destination: home(setting), syncPolicy: policy },
  };
}
