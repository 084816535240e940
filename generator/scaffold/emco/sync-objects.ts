import { judgeBranch, judgeGitUrl } from '../judge.ts';
import { annotationsOf } from './annotations.ts';
import type { Import } from './context.ts';
import { intentFile } from './intent-file.ts';
import { pairText, type Pairs, readPairs } from './kv.ts';
import { present } from './members.ts';
import type { EmcoDocument } from './model.ts';
import { tellName } from './naming.ts';
import { titleOf } from './report.ts';
import type { Service } from './agents.ts';

/** Name of the Secret with Git's credentials, as `flux bootstrap` makes it. */
const SECRET = 'flux-system';

/** Where a document's pairs say that a repository is; a text says why they do not. */
export interface GitAddress {
  readonly url: string;
  readonly branch: string | undefined;
  /** Something in the address had to be changed or left out. */
  readonly note?: string;
}

export function gitAddress(pairs: Pairs): GitAddress | string {
  const given = pairText(pairs, 'url', 'repoUrl');
  const branch = pairText(pairs, 'branch');
  if (branch !== undefined && judgeBranch(branch)) return 'its branch is no name of a branch';
  const [user, repository] = [pairText(pairs, 'userName', 'user'), pairText(pairs, 'repoName')];
  const isGithub = pairText(pairs, 'gitType')?.toLowerCase() === 'github';
  const made = isGithub && user !== undefined && repository !== undefined ? `https://github.com/${user}/${repository}` : undefined;
  const url = given ?? made;
  if (url === undefined) return 'it has no "url"';
  const { address, note } = plainAddress(url);
  const problem = judgeGitUrl(address);
  return problem ? `of its "url", ${problem.reason}` : { url: address, branch, ...(note !== undefined && { note }) };
}

/** `git@host:path` as an address, and an address without user and password. */
export function plainAddress(text: string): { readonly address: string; readonly note?: string } {
  const [, host, path] = /^([\w.-]+@[\w.-]+):([\w./~-]+)$/.exec(text) ?? [];
  if (host !== undefined && path !== undefined) return { address: `ssh://${host}/${path.replace(/^\//, '')}` };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || (url.password === '' && !(isHttp && url.username !== ''))) return { address: text };
  url.password = '';
  if (isHttp) url.username = '';
  return { address: url.href, note: 'user and password were taken out of its address' };
}

/** Writes a SyncObject of type git; gives whether it could. */
export function writeGit(document: EmcoDocument, context: Import): boolean {
  const { naming, report, files } = context;
  const [provider = ''] = document.scope;
  const pairs = readPairs(document);
  const git = gitAddress(pairs);
  if (typeof git === 'string') {
    report.left(document, git);
    return false;
  }
  const isSecret = pairs.credentials.length > 0 || git.note !== undefined;
  const [at, name] = [naming.provider(provider), naming.syncObject(document)];
  const secretRef = isSecret ? { name: SECRET } : undefined;
  const path = `intents/clusters/${at}/${name}.sync.yaml`;
  const metadata = present({ name, annotations: annotationsOf(document) });
  const spec = { provider: at, type: 'git', git: present({ url: git.url, branch: git.branch, secretRef }) };
  files.push(intentFile(path, { origin: titleOf(document), intent: { kind: 'SyncObject', metadata, spec } }));
  report.carried(document, path);
  tellName(document, name, report);
  if (git.note !== undefined) report.changed(document, git.note);
  if (isSecret) {
    const keys = pairs.credentials.length === 0 ? 'the password in its address' : pairs.credentials.map((key) => `"${key}"`).join(', ');
    report.todo(
      document,
      `${keys} was not copied: the agent reads a Secret, which must exist on each cluster as "${SECRET}" in its namespace (flux bootstrap makes it)`,
    );
  }
  report.todo(
    document,
    `the agents will pull from ${git.url}: change the address if this fleet lives in another repository than the one that EMCO writes to`,
  );
  return true;
}

/** Writes the SyncObject of a service such as Azure. */
export function writeService(document: EmcoDocument, { type, members }: Service, { naming, report, files }: Import): void {
  const [provider = ''] = document.scope;
  const [at, name] = [naming.provider(provider), naming.syncObject(document)];
  const path = `intents/clusters/${at}/${name}.sync.yaml`;
  if (files.some((file) => file.path === path)) return;
  const metadata = present({ name, annotations: annotationsOf(document) });
  files.push(
    intentFile(path, {
      origin: titleOf(document),
      intent: { kind: 'SyncObject', metadata, spec: { provider: at, type, [type]: members } },
    }),
  );
  report.carried(document, path);
  tellName(document, name, report);
  tellCredentials(document, readPairs(document), { report });
}

/** Tells which credentials were left behind; never their values. */
export function tellCredentials(document: EmcoDocument, { credentials }: Pairs, { report }: Pick<Import, 'report'>): void {
  if (credentials.length === 0) return;
  const keys = credentials.map((key) => `"${key}"`).join(', ');
  report.todo(
    document,
    `${keys} was not copied: whoever signs in needs it from elsewhere, such as a Secret on the cluster or the pipeline's own store`,
  );
}
