import { sha256 } from '../../generator/lib/hash.ts';
import { canonicalJson } from '../../generator/lib/canonical-json.ts';
import { toContext } from '../../generator/lib/hash.ts';
import { repoPath } from '../../generator/lib/path.ts';
import type { RenderRequest } from '../../generator/06-render/render.ts';
import type { TemplatePackage } from '../../generator/model/intents.ts';
import type { Json, JsonObject } from '../../generator/model/json.ts';
import type { Patch, RenderKey } from '../../generator/model/render.ts';
import type { SourceFile } from '../../generator/model/source.ts';
import { makeTemplate } from './intents.ts';

/** A package of these files, with properties of its values schema. */
export function makePackage(files: Readonly<Record<string, string>>, properties: JsonObject = {}, name = 'web'): TemplatePackage {
  const values = { type: 'object', additionalProperties: false, properties };
  const sources = Object.entries(files).map(([path, text]): [string, SourceFile] => [
    path,
    { path: repoPath(`templates/apps/${name}/${path}`), text },
  ]);
  return { ...makeTemplate({ values }, name), digest: sha256(canonicalJson([files, values])), files: new Map(sources) };
}

interface Asked {
  readonly values?: JsonObject;
  readonly patches?: readonly Patch[];
  readonly app?: string;
  readonly template?: string;
}

/** A job as an app of deployment `retail/shop` asks for it; its patches stand in one customization. */
export function makeRequest({ values = {}, patches = [], app = 'web', template = 'web' }: Asked = {}): RenderRequest {
  const key = sha256(canonicalJson([template, values, patches as unknown as Json])) as RenderKey;
  const written = patches.map(({ target, type, patch }) => ({ target, [type]: patch }));
  return {
    job: { key, template, values, patches },
    origin: {
      value: { name: app, customize: [{ clusters: {}, patches: written }] },
      at: (path, part) => ({
        file: repoPath(`intents/${app}.yaml#${path.join('.')}${part === 'key' ? '~key' : ''}`),
        line: 1,
        column: 1,
        length: 1,
      }),
    },
    owner: toContext({ kind: 'DeploymentIntent', namespace: 'retail', name: 'shop' }),
    app,
  };
}
