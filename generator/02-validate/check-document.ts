import type { ErrorObject } from 'ajv';
import { diagnose } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { fromPointer, valueAt } from '../lib/json-path.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { IntentDocument } from '../model/intents.ts';
import { isJsonObject, type JsonPath } from '../model/json.ts';
import { describe, quote } from '../lib/describe.ts';
import { appAt, type Identity, identify, reachAt } from './identity.ts';
import { API_VERSION, isKind, type Kind, KINDS, SCHEMA_FILES } from './kinds.ts';
import { schemaErrors } from './schema-errors.ts';
import { schemaFindings } from './schema-findings.ts';
import { textAt } from './text-at.ts';

/** A document after its schema was asked. */
export interface Checked {
  readonly document: IntentDocument;
  /** Its kind, or the one that was probably meant; `undefined`: nobody can tell. */
  readonly kind: Kind | undefined;
  readonly identity: Identity | undefined;
  /** Whether it can be used: right as a whole but for single apps. */
  readonly isSound: boolean;
  /** Indexes of apps that break the schema, each by a finding that reaches that app. */
  readonly badApps: ReadonlySet<number>;
  readonly diagnostics: readonly Diagnostic[];
}

export function checkDocument(document: IntentDocument): Checked {
  const { value } = document;
  const meant = meantKind(document);
  const identity = meant && identify(value, meant);
  const unusable = { document, kind: meant, identity, isSound: false, badApps: new Set<number>() };
  const reach: Reach = meant ? reachAt(document, { kind: meant, path: [] }) : { kind: 'run' };
  const version = checkVersion(document, reach);
  if (!isJsonObject(value) || (version && (Object.hasOwn(value, 'apiVersion') || isEmco(document))))
    return { ...unusable, diagnostics: version ? [version] : [] };
  const kind = valueAt(value, ['kind']);
  if (!isKind(kind)) return { ...unusable, diagnostics: [...(version ? [version] : []), unknownKind(document, meant)] };
  const checked = checkSchema(document, kind);
  return {
    document,
    kind,
    identity,
    isSound: checked.isSound && !version,
    badApps: checked.badApps,
    diagnostics: [...(version ? [version] : []), ...checked.diagnostics],
  };
}

function meantKind({ value }: IntentDocument): Kind | undefined {
  const kind = textAt(value, ['kind']);
  if (kind === undefined || isKind(kind)) return kind;
  const near = nearestName(kind, KINDS);
  return isKind(near) ? near : undefined;
}

/** Says so if a document is no mapping, or not of our version. */
export function checkVersion(document: IntentDocument, reach: Reach): Diagnostic | undefined {
  const { value } = document;
  if (!isJsonObject(value)) {
    return diagnose(
      'wrong-type',
      { field: '', expected: 'a mapping', found: describe(value), mend: 'none' },
      { source: document.at([]), reach },
    );
  }
  const version = valueAt(value, ['apiVersion']);
  if (version === API_VERSION) return undefined;
  const shown = version === undefined ? {} : { version: typeof version === 'string' ? quote(version) : describe(version) };
  const isForeign = isEmco(document);
  return diagnose(
    'unknown-version',
    { isEmco: isForeign, ...shown },
    { source: document.at(isForeign ? ['version'] : ['apiVersion']), reach },
  );
}

/** Such a document has neither apiVersion nor kind, and saying so once is enough. */
function isEmco({ value }: IntentDocument): boolean {
  return textAt(value, ['apiVersion']) === undefined && textAt(value, ['version'])?.startsWith('emco/') === true;
}

function unknownKind(document: IntentDocument, near: Kind | undefined): Diagnostic {
  const kind = valueAt(document.value, ['kind']);
  const shown = kind === undefined ? {} : { kind: typeof kind === 'string' ? quote(kind) : describe(kind) };
  // Whatever it was meant to be: if it was a cluster, all deployments may depend on it.
  return diagnose('unknown-kind', { ...shown, near, kinds: KINDS }, { source: document.at(['kind']), reach: { kind: 'run' } });
}

function checkSchema(document: IntentDocument, kind: Kind): Pick<Checked, 'isSound' | 'badApps' | 'diagnostics'> {
  const errors = schemaErrors(SCHEMA_FILES[kind], document.value).filter((error) => !isAboutVersion(error));
  const apps = errors.map(({ instancePath }) =>
    kind === 'DeploymentIntent' ? appAt(document.value, fromPointer(instancePath, document.value)) : undefined,
  );
  const reachOf = (path: JsonPath) => reachAt(document, { kind, path });
  return {
    isSound: apps.every((app) => app !== undefined),
    badApps: new Set(apps.flatMap((app) => (app ? [app.index] : []))),
    diagnostics: schemaFindings(errors, { document, reachOf, reach: reachOf([]) }),
  };
}

/** Version and kind were looked at before. */
export function isAboutVersion({ instancePath, keyword, params }: ErrorObject): boolean {
  const at = keyword === 'required' ? `${instancePath}/${String(params['missingProperty'])}` : instancePath;
  return at === '/apiVersion' || at === '/kind';
}
