/** `npm run bench`: measures the built program on made-up fleets. `--write` puts the figures into docs/performance.md. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import type { Shapes } from './bench/fleet.ts';
import { reportPage } from './bench/page.ts';
import { runSuite } from './bench/suite.ts';

const USAGE = `npm run bench -- [options]        measures the built program; the default suite takes some minutes
  --clusters N --apps M --objects K --shapes shared|late|different
                                  one fleet of this size instead of the suite
  --watch                         watch mode alone, on that fleet or on those of the targets
  --large                         the fleets of the targets too, up to 100,000 instances
  --runs N                        runs of each scenario, of which the middle one counts (default 3; large fleets run once)
  --seed N                        another made-up fleet (default 1)
  --write                         the large suite, its figures written to docs/performance.md`;

const PAGE = new URL('../docs/performance.md', import.meta.url);
const [BEGIN, END] = ['<!-- figures: written by npm run bench -- --write -->', '<!-- end of figures -->'];

const { values } = parseArgs({
  options: {
    clusters: { type: 'string' },
    apps: { type: 'string' },
    objects: { type: 'string' },
    shapes: { type: 'string' },
    seed: { type: 'string' },
    runs: { type: 'string' },
    large: { type: 'boolean' },
    watch: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

if (values.help === true) console.log(USAGE);
else await bench();

async function bench(): Promise<void> {
  const isOne = (values.clusters ?? values.apps ?? values.objects ?? values.shapes) !== undefined;
  const report = await runSuite({
    folder: await mkdtemp(join(tmpdir(), 'espalier-bench-')),
    runs: count(values.runs, 3),
    seed: count(values.seed, 1),
    isWatch: values.watch === true,
    isLarge: values.large === true || values.write === true,
    only: isOne
      ? {
          clusters: count(values.clusters, 100),
          apps: count(values.apps, 10),
          objects: count(values.objects, 7),
          shapes: shapes(values.shapes),
        }
      : undefined,
    tell: (text) => console.error(text),
  });
  const page = reportPage(report);
  console.log(page);
  if (values.write === true) await writePage(page);
}

/** Puts the figures between their marks; what people wrote around them stays. */
async function writePage(figures: string): Promise<void> {
  const text = await readFile(PAGE, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/performance.md lacks its marks "${BEGIN}" and "${END}"`);
  const page = `${before}${BEGIN}\n\n${figures}\n\n${END}${after}`;
  const options = await prettier.resolveConfig(PAGE);
  await writeFile(PAGE, await prettier.format(page, { ...options, parser: 'markdown' }));
}

function count(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`"${text}" is no number of things`);
  return number;
}

function shapes(text = 'late'): Shapes {
  if (text === 'shared' || text === 'late' || text === 'different') return text;
  throw new Error(`"${text}" is none of shared, late, different`);
}
