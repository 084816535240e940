import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { explainFailure, readBytes } from '../read-text.ts';

/** A kubeconfig with one of its contexts chosen, or why there is none. */
export type Chosen =
  | { readonly config: KubeConfig; readonly from: string }
  | { readonly problem: string; readonly from: string; readonly contexts: readonly string[] };

export interface KubeconfigRequest {
  /** A file; without it those of $KUBECONFIG, or else ~/.kube/config. */
  readonly file: string | undefined;
  readonly context: string;
}

/** Reads the kubeconfig as kubectl does: of several files the first that defines a name wins, and files that are not there are passed over. */
export async function chooseContext({ file, context }: KubeconfigRequest): Promise<Chosen> {
  const paths = file === undefined ? usualPaths() : [file];
  const from = paths.join(delimiter);
  const read = await Promise.all(paths.map(readOne));
  const problem = read.find((one) => 'problem' in one && (file !== undefined || !one.isMissing));
  if (problem && 'problem' in problem) return { problem: problem.problem, from, contexts: [] };
  const configs = read.flatMap((one) => ('config' in one ? [one.config] : []));
  if (configs.length === 0) return { problem: 'it does not exist', from, contexts: [] };
  const merged = merge(configs, context);
  const contexts = merged.getContexts().map(({ name }) => name);
  const found = merged.getContexts().find(({ name }) => name === context);
  if (!found) return { problem: `it has no context "${context}"`, from, contexts };
  if (!merged.getCurrentCluster())
    return { problem: `context "${context}" names cluster "${found.cluster}", which it does not have`, from, contexts };
  if (!merged.getCurrentUser())
    return { problem: `context "${context}" names user "${found.user}", which it does not have`, from, contexts };
  return { config: merged, from };
}

function usualPaths(): readonly string[] {
  const given = (process.env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  return given.length > 0 ? given : [join(homedir(), '.kube', 'config')];
}

type ReadOne = { readonly config: KubeConfig } | { readonly problem: string; readonly isMissing: boolean };

async function readOne(path: string): Promise<ReadOne> {
  try {
    const bytes = await readBytes(resolve(path));
    if (typeof bytes === 'string') return { problem: 'it is not an ordinary file of at most 1 MiB', isMissing: false };
  } catch (error) {
    const { reason, isMissing, isLink } = explainFailure(error);
    // Kubeconfigs are links in some homes, and are the user's own: links are followed.
    if (!isLink) return { problem: reason, isMissing };
  }
  try {
    const config = new KubeConfig();
    config.loadFromFile(resolve(path));
    return { config };
  } catch {
    // What the parser says quotes the file, which may hold credentials.
    return { problem: 'it is no kubeconfig', isMissing: false };
  }
}

function merge(configs: readonly KubeConfig[], currentContext: string): KubeConfig {
  const merged = new KubeConfig();
  merged.loadFromOptions({
    clusters: firstOf(configs.flatMap((config) => config.getClusters())),
    users: firstOf(configs.flatMap((config) => config.getUsers())),
    contexts: firstOf(configs.flatMap((config) => config.getContexts())),
    currentContext,
  });
  return merged;
}

function firstOf<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...new Map([...items].reverse().map((item) => [item.name, item])).values()].reverse();
}
