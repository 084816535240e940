import { expect, test } from 'vitest';
import type { Change } from '../model/change.ts';
import { HERE } from '../model/file.ts';
import type { RepoPath } from '../model/source.ts';
import { publish } from './publish.ts';

function change(path: string, parts: Pick<Change, 'before' | 'after'> = { after: Buffer.from('x') }): Change {
  return { target: HERE, owner: { kind: 'cluster', cluster: 'p+a' }, path: path as RepoPath, ...parts };
}

async function published(changes: readonly Change[]): Promise<readonly string[]> {
  const asked: string[] = [];
  await publish({ changes, unchanged: 0, held: [], reasons: new Map(), kept: { held: 0, outside: 0 } }, (written) => {
    asked.push(...written.map(({ path }) => path));
    return Promise.resolve({ value: 'written', diagnostics: [] });
  });
  return asked;
}

test('publish() writes what is planned, and asks for nothing when nothing is', async () => {
  expect(await published([change('clusters/p+a/x.yaml')])).toEqual(['clusters/p+a/x.yaml']);
  await publish({ changes: [], unchanged: 3, held: [], reasons: new Map(), kept: { held: 0, outside: 0 } }, () =>
    expect.unreachable('nothing to write'),
  );
});

test.each([
  ['elsewhere', [change('intents/x.yaml')]],
  ['upwards', [change('clusters/../intents/x.yaml')]],
  ['absolute', [change('/etc/passwd')]],
  ['twice', [change('clusters/a/x.yaml'), change('clusters/a/x.yaml')]],
  ['of nothing', [change('clusters/a/x.yaml', {})]],
])('publish() takes a change %s for a bug', async (_name, changes) => {
  await expect(published(changes)).rejects.toThrow(/change/);
});
