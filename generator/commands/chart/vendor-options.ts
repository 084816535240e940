import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SharedOptions } from '../cli/command-line.ts';

export interface VendorOptions extends SharedOptions {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
  readonly values: string | undefined;
  readonly into: string | undefined;
  readonly namespace: string | undefined;
  readonly kubeVersion: string | undefined;
  readonly helm: string;
  readonly schemaOnly: boolean;
  readonly plainHttp: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
}

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** The package's name, from `--into` or the chart's own. */
export function packageName({ into, name }: Pick<VendorOptions, 'into' | 'name'>): string {
  return into === undefined
    ? name
    : into
        .replace(/^\.\//, '')
        .replace(/^templates\/apps\//, '')
        .replace(/\/+$/, '');
}

/** What is wrong with the arguments. They become paths and arguments of a program, so that each is held to its form. */
export function checkOptions(options: VendorOptions): readonly Diagnostic[] {
  const { repository, name, version, into, namespace, kubeVersion, schemaOnly } = options;
  const forms: readonly (readonly [flag: string, answer: string | undefined, form: RegExp, reason: string])[] = [
    [
      '<repository>',
      repository,
      /^(?:https?|oci):\/\/[^\s@?#]+$/,
      'it is no address https://… or oci://…, without user, query and fragment',
    ],
    ['<name>', name, /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,98}[A-Za-z0-9])?$/, 'it is no name of a chart'],
    ['--version', version, /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/, 'it is no exact version, such as 6.14.1'],
    ['--namespace', namespace, LABEL, 'it is no name of a namespace'],
    ['--kube-version', kubeVersion, /^v?\d+\.\d+(?:\.\d+)?$/, 'it is no version of Kubernetes, such as 1.36'],
    [
      into === undefined ? '<name>' : '--into',
      schemaOnly ? undefined : packageName(options),
      LABEL,
      'a package is a folder templates/apps/<name>, where <name> has lower-case letters, digits and "-"',
    ],
  ];
  return forms.flatMap(([flag, answer, form, reason]) =>
    answer === undefined || form.test(answer) ? [] : [diagnose('bad-answer', { flag, answer: `"${answer}"`, reason }, { reach: RUN })],
  );
}
