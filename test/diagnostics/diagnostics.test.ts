import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../generator/diagnostics/catalogue.ts';
import { githubReport } from '../../generator/diagnostics/report/github.ts';
import { createWasmKustomizer } from '../../generator/io/kustomize/wasm.ts';
import { SAMPLES, runSample, type Shown } from './run-sample.ts';
import { faultsOf } from './grammar.ts';

// One sample for each code, judged as people see it. UPDATE_SAMPLES=1 writes what is said anew, for review.

const codes = Object.keys(catalogue).sort();
const folders = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  .map(({ name }) => name)
  .sort();

test('every code of the catalogue has a sample, and every sample is of a code', () => {
  expect(folders.map(codeOf).filter((code) => !codes.includes(code))).toEqual([]);
  expect(codes.filter((code) => !folders.includes(code))).toEqual([]);
});

describe('what is said about a sample', () => {
  const kustomizer = createWasmKustomizer();
  afterAll(() => kustomizer.close());

  test.each(folders)('%s', async (folder) => {
    const shown = await runSample(folder, kustomizer);
    if (!shown) {
      console.warn(`skipped ${folder}: this file system cannot hold it`);
      return;
    }
    const expected = join(SAMPLES, folder, 'expected.txt');
    if (process.env['UPDATE_SAMPLES'] === '1') writeFileSync(expected, shown.text);
    expect(shown.text).toBe(readFileSync(expected, 'utf8'));
    expect(new Set(shown.diagnostics.map(({ code }) => code))).toEqual(new Set([codeOf(folder), ...alsoOf(folder)]));
    expect(shown.diagnostics.flatMap(faultsOf)).toEqual([]);
    expectWholeAnnotations(shown);
  });
});

/** A code's second sample is in a folder `<code>+<what>`. */
function codeOf(folder: string): string {
  return folder.replace(/\+.*$/, '');
}

/** Codes that belong to the sample's mistake as well. */
function alsoOf(folder: string): readonly string[] {
  const file = join(SAMPLES, folder, 'also.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(/\s+/) : [];
}

/** Reads annotations as the runner does: one command a line, `::name key=value,…::message`. */
function expectWholeAnnotations({ diagnostics }: Shown): void {
  const lines = githubReport(diagnostics, { folder: '' }).split('\n').slice(0, -1);
  expect(lines.length).toBe(diagnostics.length);
  for (const line of lines) expect(line).toMatch(/^::(?:error|warning) (?:[a-zA-Z]+=[^:,\r\n]*,)*title=[a-z0-9-]+::[^\r\n]+$/);
}
