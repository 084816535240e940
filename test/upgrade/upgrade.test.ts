// An upgrade from the last release's tree changes only what CHANGELOG.md says, and all of that (DESIGN §10).
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { createWasmKustomizer } from '../../generator/io/kustomize/wasm.ts';
import { createPipeline } from '../../generator/pipeline.ts';
import { changeSections } from '../package/changelog.ts';
import { findDifferences, judge, readAnnounced } from './changed-output.ts';
import { findFixture, readClusters } from './fixture.ts';

const fixture = findFixture();

test("the fixture is that of package.json's version: the last release, or the first to be", () => {
  expect(fixture.version).toBe(packageJson.version);
});

test('inputs of the last release still render, and differ in what the changelog announces', async () => {
  const pipeline = createPipeline({ kustomizer: createWasmKustomizer({ workers: 1 }) });
  const { diagnostics, changeSet } = await pipeline.run({ root: fixture.folder, isolate: false, binding: 'late' });
  await pipeline.close();
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(changeSet).toBeDefined();

  const before = readClusters(fixture);
  const after = new Map(before);
  for (const { path, after: bytes } of changeSet?.changes ?? []) {
    if (bytes === undefined) after.delete(path);
    else after.set(path, new TextDecoder().decode(bytes));
  }
  // Read whole, so that a tree that was not looked at cannot pass.
  expect(changeSet?.unchanged).toBe([...before].filter(([path, text]) => after.get(path) === text).length);
  const unreleased = changeSections().filter(({ version }) => version === undefined);
  const announced = unreleased.flatMap(({ text }) => readAnnounced(text));
  expect(judge(findDifferences(before, after), announced)).toEqual({ unannounced: [], idle: [] });
});
