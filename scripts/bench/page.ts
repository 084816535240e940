/** Figures as Markdown, for the terminal and for docs/performance.md. */
import { availableParallelism, totalmem } from 'node:os';
import { type FleetSize, instancesOf } from './fleet.ts';
import type { Sample } from './measure.ts';
import { GROWING, type Measured, SCENARIOS } from './scenarios.ts';
import type { Report } from './suite.ts';
import { EDITS, ms, type WatchMeasured } from './watch.ts';

type Row = readonly string[];

/** All tables of a report, the machine first. */
export function reportPage({ example, fleets, growth, watched, huge, placement, others }: Report): string {
  const parts = [machine()];
  if (example) parts.push('### The example fleet', exampleTable(example));
  for (const measured of fleets) parts.push(`### ${title(measured.size)}`, scenarioTable(measured), phaseTable(measured));
  if (growth.length > 0) parts.push('### Growth', growthTable(growth));
  for (const one of watched ?? []) parts.push(`### Watch mode: ${title(one.size)}`, watchTable(one));
  if (huge) parts.push(`### ${title(huge.size)}`, scenarioTable(huge), phaseTable(huge));
  if (placement) parts.push('### Placement alone', placementTable(placement));
  if (others) parts.push('### Other renderers over the same work', othersText(others, fleets));
  return parts.join('\n\n');
}

function machine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `Measured on ${availableParallelism()} cores with ${memory} GiB of memory, ${process.platform}, Node ${process.versions.node}. Times are seconds; CPU counts all threads; memory is the peak resident set, in MiB.`;
}

function title(size: FleetSize): string {
  const shapes = {
    shared: 'all instances of an app alike',
    late: 'values differ everywhere, builds are shared',
    different: 'every instance a build of its own',
  };
  const number = new Intl.NumberFormat('en');
  return `${number.format(size.clusters)} clusters × ${size.apps} apps × ${size.objects} objects: ${shapes[size.shapes]}`;
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

function seconds(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

function cells({ wall, cpu, peakMemory }: Sample): Row {
  return [seconds(wall), seconds(cpu), peakMemory.toFixed(0)];
}

function exampleTable(sample: Sample): string {
  return table(['', 'time', 'CPU', 'memory'], [['fresh start to first output (`--dry-run`, no cache)', ...cells(sample)]]);
}

function scenarioTable({ size, samples }: Measured): string {
  const instances = instancesOf(size);
  const rows = [...samples].map(([scenario, sample]) => [
    SCENARIOS[scenario],
    ...cells(sample),
    ((sample.wall / instances) * 1000).toFixed(2),
  ]);
  return table(['', 'time', 'CPU', 'memory', 'ms per instance'], rows);
}

function phaseTable({ samples }: Measured): string {
  const names = [...new Set([...samples.values()].flatMap(({ phases }) => phases.map(([phase]) => phase)))];
  const rows = [...samples].map(([scenario, { phases }]) => [
    SCENARIOS[scenario],
    ...names.map((name) => seconds(new Map(phases).get(name) ?? 0)),
  ]);
  return table(['time by phase', ...names], rows);
}

function growthTable(growth: readonly Measured[]): string {
  const rows = growth.map(({ size, samples }, index) => {
    const before = growth[index - 1];
    const figures = GROWING.flatMap((scenario) => {
      const [now, then] = [samples.get(scenario), before?.samples.get(scenario)];
      if (!now) return ['', '', '', ''];
      const doublings = before ? Math.log2(instancesOf(size) / instancesOf(before.size)) : 0;
      const ratio = then ? ((now.cpu / then.cpu) ** (1 / doublings)).toFixed(2) : '';
      return [seconds(now.wall), seconds(now.cpu), ratio, now.peakMemory.toFixed(0)];
    });
    return [String(instancesOf(size)), ...figures];
  });
  const head = ['instances', ...GROWING.flatMap((scenario) => [scenario, 'CPU', '× per doubling', 'memory'])];
  return `${table(head, rows)}\n\nTouched: ${SCENARIOS.touched}. Unchanged: ${SCENARIOS.unchanged}. The ratio is that of CPU time, for twice as many instances; the time to start is part of it, so that small fleets grow by less.`;
}

function watchTable({ edits }: WatchMeasured): string {
  const rows = [...edits].map(([edit, { median, best, cpu }]) => [EDITS[edit], ms(median), ms(best), ms(cpu)]);
  return table(['from save to preview, in milliseconds', 'median', 'best', 'CPU'], rows);
}

function placementTable({ size, sample }: NonNullable<Report['placement']>): string {
  const names = sample.phases.map(([phase]) => phase).filter((phase) => phase !== 'start' && phase !== 'report');
  const row = [`${size.apps} apps on ${size.clusters} clusters`, ...names.map((name) => seconds(new Map(sample.phases).get(name) ?? 0))];
  return table(['', ...names, 'memory'], [[...row, sample.peakMemory.toFixed(0)]]);
}

function othersText({ figures, missing, size }: NonNullable<Report['others']>, fleets: readonly Measured[]): string {
  const ours = fleets
    .find((measured) => measured.size.clusters === size.clusters && measured.size.shapes === size.shapes)
    ?.samples.get('cold');
  const rows: Row[] = figures.map(({ name, wall, cpu, sampled }) => [name, seconds(wall), seconds(cpu), String(sampled)]);
  if (ours) rows.unshift(['espalier generate, cold, written to disk', seconds(ours.wall), seconds(ours.cpu), 'all']);
  const absent = missing.length > 0 ? ` Not installed, and so not measured: ${missing.join(', ')}.` : '';
  return `${table([`${instancesOf(size)} instances of ${size.objects} objects`, 'time', 'CPU', 'instances rendered'], rows)}\n\nThe others render a sample, one process for each instance; their figures are extrapolated from it.${absent}`;
}
