/** Other renderers over the same work, one process for each instance as their users run them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findProgram } from '../../test/e2e/rig.ts';
import { appTemplate } from './app-template.ts';
import { createDice } from './dice.ts';
import { type FleetSize, instancesOf } from './fleet.ts';
import { measureShell } from './measure.ts';

/** Seconds for all instances, extrapolated from those that were rendered. */
export interface OtherFigure {
  readonly name: string;
  readonly wall: number;
  readonly cpu: number;
  readonly sampled: number;
  readonly instances: number;
}

export interface OtherRenderer {
  readonly name: string;
  readonly program: string;
  /** Files of one instance in its folder. */
  readonly files: (
    template: Readonly<Record<string, string>>,
    values: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
  /** Shell command; `$1` is the program, `$folder` the instance's folder. */
  readonly command: string;
}

const KUSTOMIZE: OtherRenderer = {
  name: 'a loop of the `kustomize` binary',
  program: 'kustomize',
  files: (template, values) =>
    Object.fromEntries(
      Object.entries(template)
        .filter(([name]) => name !== 'template.yaml')
        .map(([name, text]) => [name.replace(/\.hbs$/, ''), withValues(text, (value) => values[value] ?? '')]),
    ),
  command: '"$1" build "$folder" >"$folder/output.yaml"',
};

const HELM: OtherRenderer = {
  name: 'a loop of `helm template` (no patches, labels or images)',
  program: 'helm',
  files: (template, values) => ({
    'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
    'values.yaml': Object.entries(values)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
      .join(''),
    ...Object.fromEntries(
      Object.entries(template)
        .filter(([name]) => name.startsWith('object-'))
        .map(([name, text]) => [`templates/${name.replace(/\.hbs$/, '')}`, withValues(text, (value) => `{{ .Values.${value} }}`)]),
    ),
  }),
  command: '"$1" template app "$folder" >"$folder/output.yaml"',
};

const KUBECTL: OtherRenderer = {
  ...KUSTOMIZE,
  name: 'a loop of `kubectl kustomize`',
  program: 'kubectl',
  command: '"$1" kustomize "$folder" >"$folder/output.yaml"',
};

/** Those that this comparison knows; each is left out, and said to be, where it is not installed. */
const RENDERERS = [KUSTOMIZE, KUBECTL, HELM];

export interface Comparison {
  readonly figures: readonly OtherFigure[];
  readonly missing: readonly string[];
}

/** Renders a sample of the fleet's instances with each renderer that is installed. */
export async function measureOthers(
  size: FleetSize,
  { folder, sample }: { readonly folder: string; readonly sample: number },
): Promise<Comparison> {
  const figures: OtherFigure[] = [];
  const missing: string[] = [];
  for (const renderer of RENDERERS) {
    const program = await findProgram(renderer.program);
    if (program === undefined) missing.push(renderer.program);
    else figures.push(await measureOther(renderer, { program, size, folder, sample }));
  }
  return { figures, missing };
}

interface Measuring {
  readonly program: string;
  readonly size: FleetSize;
  readonly folder: string;
  readonly sample: number;
}

async function measureOther(renderer: OtherRenderer, { program, size, folder, sample }: Measuring): Promise<OtherFigure> {
  await mkdir(folder, { recursive: true });
  const root = await mkdtemp(join(folder, 'others-'));
  try {
    const instances = instancesOf(size);
    const sampled = Math.min(sample, instances);
    for (let index = 0; index < sampled; index++) await writeInstance(renderer, { place: join(root, String(index)), index, size });
    const loop = `for folder in "$2"/*; do ${renderer.command} || exit 1; done`;
    const { wall, cpu } = await measureShell(loop, [program, root]);
    const scale = instances / sampled;
    return { name: renderer.name, wall: wall * scale, cpu: cpu * scale, sampled, instances };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function writeInstance(
  { files }: OtherRenderer,
  { place, index, size }: { readonly place: string; readonly index: number; readonly size: FleetSize },
): Promise<void> {
  const name = `app-${index % size.apps}`;
  const template = appTemplate(name, { objects: size.objects, shapes: size.shapes, dice: createDice(index % size.apps) });
  const site = `site-${index}`;
  const values = { tag: '2.0.0', replicas: '3', port: String(8000 + index), site, domain: `${site}.example.net`, memory: '256Mi' };
  for (const [file, text] of Object.entries(files(template, values))) {
    await mkdir(dirname(join(place, file)), { recursive: true });
    await writeFile(join(place, file), text);
  }
}

function withValues(text: string, value: (name: string) => string): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => value(name));
}
