import { listed } from '../lib/words.ts';
import type { ApplyFailure } from '../model/apply.ts';
import { describeManager } from './failures.ts';

/** Why something could not be done, as the end of a sentence. */
export function describeFailure(failure: ApplyFailure): string {
  switch (failure.kind) {
    case 'lost':
      return `the server does not answer any more: ${failure.reason}`;
    case 'unknown-kind':
      return 'the server does not know the kind';
    case 'conflict':
      return failure.conflicts
        .map(({ manager, fields }) => `"${manager}"${known(manager)} has another value in ${listed(fields, 8)}`)
        .join('; ');
    case 'foreign':
      return `it is there already, and not ours${failure.managers.length > 0 ? `: ${failure.managers.map((manager) => `"${manager}"${known(manager)}`).join(', ')}` : ''}`;
    case 'refused':
      return failure.reason;
  }
}

function known(manager: string): string {
  const said = describeManager(manager);
  return said === undefined ? '' : ` (${said})`;
}
