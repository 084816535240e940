import { load } from '../../01-load/load.ts';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { readInput } from '../../io/read-input.ts';
import { compareText } from '../../lib/order.ts';
import { valueAt } from '../../lib/json-path.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Json } from '../../model/json.ts';

const WHERE = [
  { kind: 'Cluster', path: ['spec', 'gitOps', 'agentVersion'] },
  { kind: 'AgentInstallation', path: ['spec', 'version'] },
];

/** A version is a decision, so that none is usual; but the intents tell which one would be of use. */
export async function missingVersion(root: string): Promise<Diagnostic> {
  const { documents } = load((await readInput(root)).value).value;
  const asked = [...new Set(documents.flatMap(({ value }) => versionsIn(value)))].sort(compareText);
  const wanted = asked.length === 0 ? '' : `; the intents ask for ${asked.slice(0, 5).join(', ')}`;
  const hint = `Choose one of https://github.com/fluxcd/flux2/releases, such as --version 2.9.4${wanted}`;
  return diagnose('bad-arguments', { problem: 'flux vendor needs --version', hint }, { reach: RUN });
}

function versionsIn(document: Json): readonly string[] {
  return WHERE.flatMap(({ kind, path }) => {
    const version = valueAt(document, ['kind']) === kind ? valueAt(document, path) : undefined;
    return typeof version === 'string' ? [version] : [];
  });
}
