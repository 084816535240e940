/** What the checks of `espalier apply` share. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';
import { CLUSTER, type DirectFleet, type Ended } from './direct-fleet.ts';
import type { Gate } from './gate.ts';
import type { Report } from './report.ts';

export interface Tools {
  readonly fleet: DirectFleet;
  readonly cluster: Cluster;
  readonly report: Report;
  readonly gate: Gate;
}

/** Passes where the program ended so, and said each of the texts and none of the others. */
export function expectEnd(report: Report, what: string, { ended, exitCode, says = [], hides = [] }: Expected): void {
  const missing = says.filter((text) => !ended.all.includes(text)).map((text) => `it does not say: ${text}`);
  const told = hides.filter((text) => ended.all.includes(text)).map((text) => `it says: ${text}`);
  const code = ended.exitCode === exitCode ? [] : [`exit code ${ended.exitCode} instead of ${exitCode}`];
  const findings = [...code, ...missing, ...told];
  report.expectNone(what, findings.length === 0 ? [] : [...findings, ...ended.all.split('\n').slice(0, 30)]);
}

export interface Expected {
  readonly ended: Ended;
  readonly exitCode: number;
  readonly says?: readonly string[];
  readonly hides?: readonly string[];
}

export function expectEqual(report: Report, what: string, [found, expected]: readonly [string, string]): void {
  report.expectNone(what, found === expected ? [] : [`found    ${found}`, `expected ${expected}`]);
}

export async function apply({ fleet }: Tools, ...args: readonly string[]): Promise<Ended> {
  return fleet.espalier('apply', '--cluster', CLUSTER, '--timeout', '10', ...args);
}

/** Names and versions of all that the test looks at. */
export async function versions({ cluster }: Tools): Promise<string> {
  const kinds = 'namespaces,configmaps,services,deployments,persistentvolumeclaims,roles,serviceaccounts,resourcequotas';
  const format =
    'jsonpath={range .items[*]}{.kind}/{.metadata.namespace}/{.metadata.name}={.metadata.uid}@{.metadata.generation}{"\\n"}{end}';
  return await cluster.kubectl('get', kinds, '--all-namespaces', '--output', format);
}

/** The versions of what we wrote and nobody else writes: configuration and records. */
export async function written({ cluster }: Tools): Promise<string> {
  const format = 'jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}={.metadata.resourceVersion}{"\\n"}{end}';
  return await cluster.kubectl('get', 'configmaps', '--all-namespaces', '--output', format);
}

export async function names({ cluster }: Tools, ...args: readonly string[]): Promise<string> {
  return (await cluster.kubectl('get', ...args, '--output', 'name', '--ignore-not-found')).split('\n').join(' ');
}

export const configMap = (name: string, data: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'retail' },
  data,
});

/** A file with the object, for kubectl. */
export async function fileOf(fleet: DirectFleet, object: object): Promise<string> {
  const path = join(fleet.folder, '../object.json');
  await writeFile(path, JSON.stringify(object));
  return path;
}
