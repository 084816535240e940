import type { SourceFile } from '../../model/source.ts';
import { sortBy } from '../../lib/order.ts';
import { importClusters } from './clusters.ts';
import { readClouds } from './clouds.ts';
import type { Import } from './context.ts';
import { importDeployments } from './deployments.ts';
import type { EmcoDocument, Ports, Surroundings } from './model.ts';
import { createNaming } from './naming.ts';
import type { Entry } from '../import-report.ts';
import { createReport } from './report.ts';
import { reasonFor } from './reasons.ts';
import { createShelf } from './shelf.ts';

export interface Converted {
  readonly files: readonly SourceFile[];
  readonly report: readonly Entry[];
}

export interface ConvertRequest extends Surroundings {
  readonly documents: readonly EmcoDocument[];
  readonly ports: Ports;
}

/** Makes intents and template packages of EMCO's documents. Their order is of no importance; each of them is in the report. */
export async function convert({ documents, ports, ...surroundings }: ConvertRequest): Promise<Converted> {
  const shelf = createShelf(documents);
  const report = createReport();
  const context: Import = { ...surroundings, shelf, report, ports, naming: createNaming(shelf, report), files: [] };
  for (const document of shelf.of('other')) report.left(document, reasonFor(document.anchor));
  for (const project of shelf.of('project')) report.carried(project, `intents/${context.naming.project(project.name)}/`);
  importClusters(context);
  await importDeployments(readClouds(context), context);
  for (const document of shelf.all) if (!report.isTold(document)) report.left(document, 'nothing that was carried over uses it');
  const paths = new Set(context.files.map(({ path }) => path));
  if (paths.size < context.files.length) throw new Error('two files of one path');
  return { files: sortBy(context.files, ({ path }) => path), report: report.entries() };
}
