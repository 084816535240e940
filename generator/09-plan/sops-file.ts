import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { textOid } from '../lib/hash.ts';
import { linearRegExp } from '../lib/linear-regexp.ts';
import { sortBy } from '../lib/order.ts';
import { repoPath } from '../lib/path.ts';
import { canDecrypt, encryptedFor, mergeRecipients, RULE_KEYS } from '../lib/sops.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import { printYaml } from '../lib/yaml/print.ts';
import type { SOPSRecipients } from '../model/api.generated.ts';
import type { Change, ChangeSet } from '../model/change.ts';
import type { Placement } from '../model/decision.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import { HERE, MARKER } from '../model/file.ts';
import type { Intents, KnownCluster, TemplatePackage } from '../model/intents.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { SourceFile } from '../model/source.ts';

export interface SopsRequest {
  readonly intents: Pick<Intents, 'clusters' | 'templates'>;
  readonly placements: readonly Placement[];
  /** `.sops.yaml` as it stands. */
  readonly there: SourceFile | undefined;
}

const PATH = repoPath('.sops.yaml');

/**
 * The change that brings `.sops.yaml` up to date, so that people encrypt for the clusters that a template's apps go to. One that somebody wrote is left alone;
 * where it lacks a rule, and where a cluster could not decrypt a file, that is told.
 */
export function sopsFile({ intents, placements, there }: SopsRequest): Outcome<Change | undefined> {
  const clusters = clustersByTemplate(placements);
  const rules = rulesFor(intents.clusters, clusters);
  const unread = [...clusters].flatMap(([name, some]) => unreadable(intents.templates.get(name), some));
  if (there && !there.text.startsWith(`${MARKER}\n`) && !there.text.startsWith(`${MARKER}\r\n`))
    return { value: undefined, diagnostics: [...(rules.length > 0 ? lacking(there, [...clusters.keys()]) : []), ...unread] };
  const text = rules.length > 0 ? `${MARKER}\n${printYaml({ creation_rules: rules })}` : undefined;
  if (text === there?.text) return { value: undefined, diagnostics: unread };
  const change: Change = {
    target: HERE,
    owner: { kind: 'fleet' },
    path: PATH,
    ...(there && { before: textOid(there.text) }),
    ...(text !== undefined && { after: new TextEncoder().encode(text) }),
  };
  return { value: change, diagnostics: unread };
}

type Clusters = ReadonlyMap<string, readonly KnownCluster[]>;

/** Where each template's apps go, sorted by template. */
function clustersByTemplate(placements: readonly Placement[]): Clusters {
  const clusters = new Map<string, Map<string, KnownCluster>>();
  for (const { app, clusters: chosen } of placements) {
    const name = app.value.source.template;
    if (name === undefined || chosen.length === 0) continue;
    const known = clusters.get(name) ?? new Map<string, KnownCluster>();
    clusters.set(name, known);
    for (const cluster of chosen) known.set(cluster.id, cluster);
  }
  return new Map(sortBy([...clusters], ([name]) => name).map(([name, some]) => [name, [...some.values()]]));
}

function recipientsOf({ value }: KnownCluster): SOPSRecipients {
  return value.spec.gitOps?.decryption?.recipients ?? {};
}

/** A rule for each template that goes to some of the clusters with recipients, then one for all other templates. The first that fits counts. */
function rulesFor(all: readonly KnownCluster[], clusters: Clusters): readonly JsonObject[] {
  const everybody = mergeRecipients(all.map(recipientsOf));
  if (Object.keys(everybody).length === 0) return [];
  const own = [...clusters].flatMap(([name, some]) => {
    const recipients = mergeRecipients(some.map(recipientsOf));
    const isOwn = Object.keys(recipients).length > 0 && JSON.stringify(recipients) !== JSON.stringify(everybody);
    return isOwn ? [rule(`templates/apps/${name}/`, recipients)] : [];
  });
  return [...own, rule('templates/apps/', everybody)];
}

/** Names of templates hold nothing that a pattern would read otherwise, but dots. */
function rule(folder: string, recipients: SOPSRecipients): JsonObject {
  return {
    path_regex: `(^|/)${folder.replaceAll('.', '\\.')}.*\\.sops\\.ya?ml$`,
    encrypted_regex: '^(data|stringData)$',
    ...Object.fromEntries(
      RULE_KEYS.flatMap(([kind, key]) => {
        const some = recipients[kind];
        return some ? [[key, some.join(',')] as const] : [];
      }),
    ),
  };
}

function lacking(there: SourceFile, templates: readonly string[]): readonly Diagnostic[] {
  const { documents, problems } = parseYaml(there.text);
  const value = problems.length === 0 ? documents[0]?.value : undefined;
  const rules = isJsonObject(value ?? null) ? (value as JsonObject)['creation_rules'] : undefined;
  const patterns = (Array.isArray(rules) ? (rules as readonly Json[]) : []).map(patternOf);
  const uncovered = templates.filter((name) => !patterns.some((matches) => matches(`templates/apps/${name}/secret.sops.yaml`)));
  const [first] = uncovered;
  if (first === undefined) return [];
  const source = { file: PATH, line: 1, column: 1, length: 1 };
  return [diagnose('sops-rule-missing', { template: first, count: uncovered.length }, { source, reach: RUN })];
}

/** What SOPS itself would not understand matches nothing. */
function patternOf(one: Json): (path: string) => boolean {
  const pattern = isJsonObject(one) ? one['path_regex'] : undefined;
  if (pattern === undefined || pattern === '') return () => true;
  if (typeof pattern !== 'string') return () => false;
  try {
    const compiled = linearRegExp(pattern);
    return (path) => compiled.test(path);
  } catch {
    return () => false;
  }
}

/** Encrypted files of a template that a cluster which says for whom to encrypt could not decrypt. */
function unreadable(template: TemplatePackage | undefined, clusters: readonly KnownCluster[]): readonly Diagnostic[] {
  const sayers = clusters.filter((cluster) => Object.keys(recipientsOf(cluster)).length > 0);
  if (!template || sayers.length === 0) return [];
  return [...template.files.values()].flatMap(({ path, text }) => {
    const readers = encryptedFor(text);
    const blind = readers ? sayers.filter((cluster) => canDecrypt(recipientsOf(cluster), readers) === false) : [];
    const [first] = blind;
    if (!first) return [];
    const source = { file: path, line: 1, column: 1, length: 1 };
    return [diagnose('sops-recipient-missing', { path, cluster: first.id, count: blind.length }, { source, reach: RUN })];
  });
}

/** A plan with one more change. */
export function withChange(plan: ChangeSet, change: Change | undefined): ChangeSet {
  return change ? { ...plan, changes: sortBy([...plan.changes, change], ({ path }) => path) } : plan;
}
