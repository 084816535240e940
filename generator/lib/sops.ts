import type { SOPSRecipients } from '../model/api.generated.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { compareText } from './order.ts';
import { parseYaml } from './yaml/parse.ts';

type Kind = keyof SOPSRecipients;

/** How `.sops.yaml` calls each kind of recipients, in the order in which they are written. Source: getsops/sops v3.13, config/config.go. */
export const RULE_KEYS: readonly (readonly [Kind, string])[] = [
  ['age', 'age'],
  ['pgp', 'pgp'],
  ['kms', 'kms'],
  ['gcpKms', 'gcp_kms'],
  ['azureKeyvault', 'azure_keyvault'],
  ['vault', 'hc_vault_transit_uri'],
];

/** All recipients of several, each once, sorted. */
export function mergeRecipients(all: readonly SOPSRecipients[]): SOPSRecipients {
  return Object.fromEntries(
    RULE_KEYS.flatMap(([kind]) => {
      const merged = [...new Set(all.flatMap((one) => one[kind] ?? []))].sort(compareText);
      return merged.length > 0 ? [[kind, merged] as const] : [];
    }),
  );
}

/** How an encrypted file calls the recipients that are compared; the others are kept in pieces there. Source: getsops/sops v3.13, stores/stores.go. */
const FILE_KEYS: readonly (readonly [Kind, string, string])[] = [
  ['age', 'age', 'recipient'],
  ['pgp', 'pgp', 'fp'],
  ['kms', 'kms', 'arn'],
  ['gcpKms', 'gcp_kms', 'resource_id'],
];

/** For whom a file is encrypted; `undefined`: SOPS has not encrypted it. */
export function encryptedFor(text: string): ReadonlySet<string> | undefined {
  if (!/^sops:/m.test(text)) return undefined;
  const { documents } = parseYaml(text);
  const metadata = documents.flatMap(({ value }) => (isJsonObject(value) && isJsonObject(value['sops']) ? [value['sops']] : []));
  if (metadata.length === 0) return undefined;
  const groups = metadata.flatMap((one) => [one, ...itemsOf(one['key_groups'])]);
  return new Set(
    groups.flatMap((group) => FILE_KEYS.flatMap(([, key, field]) => textsOf(isJsonObject(group) ? group[key] : undefined, field))),
  );
}

/** Whether a cluster with these keys can decrypt it: `undefined`, where that cannot be told. */
export function canDecrypt(recipients: SOPSRecipients, readers: ReadonlySet<string>): boolean | undefined {
  if (FILE_KEYS.some(([kind]) => recipients[kind]?.some((one) => readers.has(one)) === true)) return true;
  return recipients.azureKeyvault || recipients.vault ? undefined : false;
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function textsOf(value: Json | undefined, field: string): readonly string[] {
  return itemsOf(value).flatMap((item) => {
    const text = isJsonObject(item) ? item[field] : undefined;
    return typeof text === 'string' ? [text] : [];
  });
}
