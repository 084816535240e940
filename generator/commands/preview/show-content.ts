import type { Paint } from '../../diagnostics/report/paint.ts';
import { visible } from '../../diagnostics/report/visible.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { withoutChecksums } from './checksums.ts';
import type { FileAction } from '../../lib/file-action.ts';
import { lines } from './show-fields.ts';

/** An object that comes or goes, as YAML, without what the heading says already. */
export function showContent(
  content: JsonObject,
  { action, paint }: { readonly action: FileAction; readonly paint: Paint },
): readonly string[] {
  const rest = withoutHeading(withoutChecksums(content));
  if (Object.keys(rest).length === 0) return [];
  const [sign, colour] = action === 'delete' ? ['-', paint.red] : ['+', paint.green];
  return lines(printYaml(rest)).map((line) => colour(`${sign} ${visible(line)}`));
}

function withoutHeading({ metadata, ...rest }: JsonObject): JsonObject {
  const others = omit(isJsonObject(metadata) ? metadata : {}, NAMED);
  return { ...(Object.keys(others).length > 0 && { metadata: others }), ...omit(rest, TYPED) };
}

const NAMED: readonly string[] = ['name', 'namespace'];
const TYPED: readonly string[] = ['apiVersion', 'kind'];

function omit(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
