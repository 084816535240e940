import { lstatSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { explainFailure } from './read-text.ts';

/** What a checkout says of itself. */
export interface GitState {
  /** `undefined`: no branch, but a commit is checked out. */
  readonly branch: string | undefined;
  /** Addresses of its remotes. */
  readonly remotes: readonly string[];
}

/**
 * Reads which branch is checked out in a folder, and where it comes from; a reason, if it is not the root of a checkout. No program runs there: Git
 * would do what the folder's configuration says. Files that the configuration includes are not read. Source: git, gitrepository-layout(5).
 */
export function readGitState(folder: string): GitState | string {
  try {
    const git = gitFolder(folder);
    if (git === undefined) return 'it is not the root of a checkout of Git';
    const head = readSmall(resolve(git, 'HEAD'));
    if (head === undefined) return 'its .git has no HEAD';
    const [, branch] = /^ref: refs\/heads\/(.+?)\n?$/.exec(head) ?? [];
    if (branch === '.invalid') return 'its branches are kept in a form (reftable) that is not read yet';
    const common = resolve(git, (readSmall(resolve(git, 'commondir')) ?? '.').trim());
    return { branch, remotes: remotesIn(readSmall(resolve(common, 'config')) ?? '') };
  } catch (error) {
    return explainFailure(error).reason;
  }
}

/** The folder `.git`, or the one that the file `.git` of a worktree or submodule names. */
function gitFolder(folder: string): string | undefined {
  const place = resolve(folder, '.git');
  const stats = lstatSync(place, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return place;
  if (stats?.isFile() !== true) return undefined;
  const [, named] = /^gitdir: (.+?)\n?$/.exec(readSmall(place) ?? '') ?? [];
  return named === undefined ? undefined : resolve(folder, named);
}

const LARGEST = 1024 * 1024;

function readSmall(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size <= LARGEST ? readFileSync(path, 'utf8') : undefined;
}

/** The addresses in a configuration. Source: git-config(1), syntax. */
export function remotesIn(config: string): readonly string[] {
  const remotes: string[] = [];
  let isRemote = false;
  for (const line of config.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const [, section] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
    if (section !== undefined) isRemote = /^remote[\s.]/i.test(section);
    const [, value] = /^\s*(?:\[[^\]]*\])?\s*url\s*=(.*)$/i.exec(line) ?? [];
    if (isRemote && value !== undefined) remotes.push(unquote(value));
  }
  return remotes.filter((remote) => remote !== '');
}

/** Quotes group, a backslash takes the next character as it is, and what follows `#` or `;` outside of quotes is a comment. */
function unquote(value: string): string {
  let text = '';
  let isQuoted = false;
  for (let at = 0; at < value.length; at++) {
    const character = value.charAt(at);
    if (character === '\\') text += value.charAt((at += 1));
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === '#' || character === ';')) break;
    else text += character;
  }
  return text.trim();
}
