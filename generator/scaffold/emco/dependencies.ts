import type { JsonObject } from '../../model/json.ts';
import type { Import } from './context.ts';
import { textAt } from './members.ts';
import type { EmcoDocument } from './model.ts';

interface Depending {
  /** Apps of the group that are carried over. */
  readonly apps: ReadonlySet<string>;
  readonly path: string;
  readonly context: Import;
}

/** What an app of a group waits for. */
export function dependenciesOf(app: EmcoDocument, group: EmcoDocument, { apps, path, context }: Depending): readonly JsonObject[] {
  const { shelf, naming, report } = context;
  const found = new Map<string, JsonObject>();
  for (const document of shelf.in('dependency', [...app.scope, app.name])) {
    const other = textAt(document.spec, 'app') ?? document.name;
    if (!apps.has(other)) {
      report.left(document, `the app "${other}" was not carried over`);
      continue;
    }
    found.set(other, { app: naming.app(group, other) });
    report.carried(document, path);
    const status = textAt(document.spec, 'opStatus')?.toLowerCase();
    if (status === 'deployed') report.changed(document, 'opStatus Deployed becomes Ready: the agent waits until the other app is ready');
    const wait = textAt(document.spec, 'wait');
    if (wait !== undefined && wait !== '0')
      report.leftPart(document, { what: `wait of ${wait} s`, reason: 'no agent waits longer than for readiness' });
  }
  return [...found.values()];
}
