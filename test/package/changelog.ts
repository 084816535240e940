import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './npm-pack.ts';

export interface ChangeSection {
  /** None: not released yet. */
  readonly version?: string;
  readonly text: string;
}

const HEADING = /^## (?:Unreleased|(\d+\.\d+\.\d+) \(\d{4}-\d{2}-\d{2}\))$/;

/** CHANGELOG.md's sections, newest first. Each begins with `## Unreleased` or `## <version> (<date>)`; any other heading of that level is an error. */
export function changeSections(text: string = readFileSync(join(REPOSITORY, 'CHANGELOG.md'), 'utf8')): readonly ChangeSection[] {
  const [, ...sections] = text.split(/^(?=## )/m);
  return sections.map((section) => {
    const [heading = '', ...rest] = section.split('\n');
    const match = HEADING.exec(heading);
    if (!match) throw new Error(`CHANGELOG.md: "${heading}" is neither "## Unreleased" nor "## <version> (<date>)"`);
    return { ...(match[1] !== undefined && { version: match[1] }), text: rest.join('\n') };
  });
}
