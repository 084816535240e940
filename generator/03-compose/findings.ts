import { diagnose } from '../diagnostics/diagnose.ts';
import { showPath } from '../lib/json-path.ts';
import type { Diagnostic, Reach, Related } from '../model/diagnostic.ts';
import type { TemplatePackage } from '../model/intents.ts';
import type { ComposeRequest } from '../model/render.ts';
import type { Source } from '../model/source.ts';
import type { Layer } from './layers.ts';
import type { Mistake } from './mistakes.ts';
import { removerOf, supplierOf } from './supplier.ts';

/** An app that is a template, and a cluster. */
export interface TemplateRequest extends ComposeRequest {
  readonly template: TemplatePackage;
}

/** An app whose values were found wanting, by whom. */
export interface Judged {
  readonly request: ComposeRequest;
  readonly layers: readonly Layer[];
  readonly taker: 'template' | 'chart';
  readonly name: string;
}

/** What is wrong, at the place that gave the value. Mistakes of one cluster read the same as those of the next, so that bind can fold them. */
export function findMistakes(mistakes: readonly Mistake[], judged: Judged): readonly Diagnostic[] {
  return mistakes.map((mistake) => finding(mistake, judged));
}

export function findBadSchema(reason: string, { template }: TemplateRequest): Diagnostic {
  const reach: Reach = { kind: 'template', template: template.name };
  return diagnose('bad-values-schema', { template: template.name, reason }, { source: template.manifest.at(['spec', 'values']), reach });
}

function finding(mistake: Mistake, { request, layers, taker, name }: Judged): Diagnostic {
  const { app, deployment } = request;
  const reach: Reach = { kind: 'context', context: deployment.context, app: app.value.name };
  const args = { app: app.value.name, value: showPath(mistake.path), taker, name };
  const layer = giverOf(mistake, layers);
  const related = relatedOf(layer, request);
  const where = { source: sourceOf(mistake, { request, layer }), reach, ...(related && { related }) };
  switch (mistake.kind) {
    case 'missing': {
      const isRemoved = removerOf(mistake.path, layers) !== undefined;
      return diagnose('missing-value', { ...args, isRemoved, ...(mistake.help !== undefined && { help: mistake.help }) }, where);
    }
    case 'unknown':
      return diagnose('unknown-value', { ...args, known: mistake.known, ...(mistake.near !== undefined && { near: mistake.near }) }, where);
    case 'bad': {
      const from =
        layer === undefined ? `the ${taker}'s default` : layer.kind === 'variable' ? `cluster variable "${layer.variable}"` : undefined;
      const { reason, help } = mistake;
      return diagnose('bad-value', { ...args, reason, ...(from !== undefined && { from }), ...(help !== undefined && { help }) }, where);
    }
    default:
      return mistake satisfies never;
  }
}

/** For what is missing: who took it away, else who gave the object that lacks it. */
function giverOf({ kind, path }: Mistake, layers: readonly Layer[]): Layer | undefined {
  if (kind !== 'missing') return supplierOf(path, layers);
  return removerOf(path, layers) ?? (path.length > 1 ? supplierOf(path.slice(0, -1), layers) : undefined);
}

function sourceOf(
  { kind, path }: Mistake,
  { request: { app }, layer }: { readonly request: ComposeRequest; readonly layer: Layer | undefined },
): Source {
  const part = kind === 'unknown' ? 'key' : 'value';
  switch (layer?.kind) {
    case 'customization':
      return app.at(['customize', layer.index, 'values', ...path], part);
    case 'intent':
      return app.at(['values', ...path], part);
    case 'variable':
    case undefined:
      return app.value.values ? app.at(['values'], 'key') : app.at(['name']);
    default:
      return layer satisfies never;
  }
}

function relatedOf(layer: Layer | undefined, { cluster }: ComposeRequest): readonly Related[] | undefined {
  if (layer?.kind !== 'variable') return undefined;
  return [
    { message: `Variable "${layer.variable}" of cluster "${cluster.id}"`, source: cluster.at(['spec', 'variables', layer.variable]) },
  ];
}
