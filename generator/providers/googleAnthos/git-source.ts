import { goDuration } from '../../lib/go-duration.ts';
import type { JsonObject } from '../../model/json.ts';
import { login, type Setting } from './setting.ts';

/** What a sync reads: a folder of the cluster's, as plain manifests. `folder` ends in `/`. */
export function gitSource(setting: Setting, folder: string): JsonObject {
  const { git, period } = setting;
  return {
    sourceType: 'git',
    sourceFormat: 'unstructured',
    git: { repo: git.url, branch: git.branch, dir: dirOf(setting, folder), period: goDuration(period), ...login(setting) },
  };
}

export function dirOf({ cluster }: Pick<Setting, 'cluster'>, folder: string): string {
  return `clusters/${cluster.id}/${folder.slice(0, -1)}`;
}
