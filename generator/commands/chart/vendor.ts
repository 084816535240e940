import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { checkFleet } from '../../io/read-input.ts';
import { writeTree } from '../../io/write-tree.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { chartSets } from './chart-sets.ts';
import { fetchChart } from './render-chart.ts';
import { reportVendored } from './report-vendored.ts';
import { compare, type Compared, type VendoredSet } from './vendored-files.ts';
import { checkOptions, type VendorOptions } from './vendor-options.ts';

/** `espalier chart vendor`: a chart's schema and defaults into `templates/charts/`, its rendered objects into a package. Gives the exit code. */
export async function vendor(options: Omit<VendorOptions, 'version'> & { readonly version: string | undefined }): Promise<number> {
  const noFleet = await checkFleet(resolve(options.root));
  if (noFleet.length > 0) return reportVendored({ diagnostics: noFleet }, options);
  const { repository, name, version } = options;
  if (version === undefined) return reportVendored({ diagnostics: [missingVersion(repository, name)] }, options);
  return vendorVersion({ ...options, version });
}

/** Helm would take the newest one, which is another tomorrow. */
function missingVersion(repository: string, name: string): Diagnostic {
  const chart = repository.startsWith('oci://') ? `${repository}/${name}` : `${name} --repo ${repository}`;
  const hint = `Give an exact one; helm show chart ${chart} tells the newest`;
  return diagnose('bad-arguments', { problem: 'chart vendor needs --version', hint }, { reach: RUN });
}

async function vendorVersion(options: VendorOptions): Promise<number> {
  const wrong = checkOptions(options);
  if (wrong.length > 0) return reportVendored({ diagnostics: wrong }, options);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'espalier-chart-')));
  try {
    const fetched = await fetchChart(options, folder);
    if ('code' in fetched) return reportVendored({ diagnostics: [fetched] }, options);
    const { sets, notes, diagnostics } = chartSets(fetched, options);
    if (diagnostics.length > 0) return reportVendored({ diagnostics }, options);
    return await settle(sets, notes, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function settle(sets: readonly VendoredSet[], notes: readonly string[], options: VendorOptions): Promise<number> {
  const root = resolve(options.root);
  const compared: Compared[] = [];
  for (const set of sets) compared.push(await compare(root, set, options));
  const diagnostics = compared.flatMap((one) => one.diagnostics);
  const changes = compared.flatMap((one) => one.changes);
  const unchanged = compared.reduce((sum, one) => sum + one.unchanged, 0);
  if (diagnostics.length === 0 && !options.dryRun) diagnostics.push(...(await writeTree(root, changes)).diagnostics);
  return reportVendored({ diagnostics, changes, unchanged, notes }, options);
}
