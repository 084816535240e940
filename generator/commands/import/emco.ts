import { basename, dirname, resolve } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { createFolderReader } from '../../io/folder-reader.ts';
import { quote } from '../../lib/describe.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { providers } from '../../providers/registry.ts';
import { convert } from '../../scaffold/emco/convert.ts';
import { bad, type GivenFile, readDocuments } from '../../scaffold/emco/read-documents.ts';
import type { Known } from '../../scaffold/known.ts';
import type { Answers } from '../new/answers.ts';
import type { Made, MakeOptions } from '../new/made.ts';
import { make } from '../new/make.ts';
import type { EmcoFlags } from './emco-flags.ts';
import { openPorts } from './emco-ports.ts';

/** `espalier import emco`. */
export async function importEmco(flags: EmcoFlags, options: MakeOptions): Promise<number> {
  return make(options, { what: 'an import', answer: async (answers, known) => read(answers, { flags, known }) });
}

async function read(answers: Answers, { flags, known }: { readonly flags: EmcoFlags; readonly known: Known }): Promise<Made | undefined> {
  const given: GivenFile[] = [];
  for (const path of flags.files) await readGiven(path, { into: given, answers });
  const values: GivenFile[] = [];
  if (flags.values !== undefined) await readGiven(flags.values, { into: values, answers });
  const address = flags.chartRepository;
  if (address !== undefined && !REPOSITORY.test(address)) answers.report(badAddress(address));
  if (answers.problems.length > 0) return undefined;
  const { documents, problems } = readDocuments(given, values[0]);
  for (const problem of problems) answers.report(problem);
  if (problems.length > 0) return undefined;
  const clouds = new Map(
    known.clouds.map(
      ({ scope, name, kubernetesNamespace: namespace, isAdmins }) => [`${scope}/${name}`, { name, namespace, isAdmins }] as const,
    ),
  );
  const opened = await openPorts(flags);
  try {
    const { files, report } = await convert({ documents, ports: opened.ports, agents: AGENTS, reserved: RESERVED, clouds });
    for (const problem of opened.problems) answers.report(problem);
    return { files, imported: report, next: files.length === 0 ? [] : ['espalier check', 'espalier generate --dry-run --diff'] };
  } finally {
    await opened.close();
  }
}

const AGENTS: ReadonlySet<string> = new Set(Object.keys(providers));
const RESERVED: ReadonlySet<string> = new Set(Object.values(providers).flatMap(({ reservedNamespaces }) => [...reservedNamespaces]));

async function readGiven(path: string, { into, answers }: { readonly into: GivenFile[]; readonly answers: Answers }): Promise<void> {
  const whole = resolve(path);
  const file = await createFolderReader(dirname(whole)).read(basename(whole));
  if ('text' in file) into.push({ path, text: file.text });
  else answers.report(bad({ file: path, line: 1 }, file.reason, 'Name a file as emcoctl takes it'));
}

/** As an intent's `source.chart.repository`. */
const REPOSITORY = /^(https|oci):\/\/[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?(\/[A-Za-z0-9._~/-]*)?$/;

function badAddress(address: string): Diagnostic {
  const hint = 'Give one such as oci://registry.example.net/charts, without user and password';
  return diagnose(
    'bad-answer',
    { flag: '--chart-repository', answer: quote(address), reason: 'it is no address of a chart repository', hint },
    { reach: RUN },
  );
}
