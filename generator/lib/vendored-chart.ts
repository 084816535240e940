import type { Source } from '../model/api.generated.ts';
import type { VendoredChart } from '../model/intents.ts';

/** What is kept of an app's chart: of that name and version, and from that repository. */
export function vendoredChart({ chart }: Source, charts: ReadonlyMap<string, VendoredChart>): VendoredChart | undefined {
  const found = chart && charts.get(`${chart.name}/${chart.version}`);
  return found?.repository !== undefined && bare(found.repository) === bare(chart?.repository ?? '') ? found : undefined;
}

function bare(repository: string): string {
  return repository.replace(/\/+$/, '');
}
