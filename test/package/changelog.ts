import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './npm-pack.ts';

export interface ChangeSection {
  readonly version: string;
  readonly released: boolean;
  readonly text: string;
}

const HEADING = /^## (\d+\.\d+\.\d+) \((unreleased|\d{4}-\d{2}-\d{2})\)$/;

/** CHANGELOG.md's sections, newest first. Each begins with `## <version> (unreleased)` or `## <version> (<date>)`; any other heading of that level is an error. */
export function changeSections(text: string = readFileSync(join(REPOSITORY, 'CHANGELOG.md'), 'utf8')): readonly ChangeSection[] {
  const [, ...sections] = text.split(/^(?=## )/m);
  return sections.map((section) => {
    const [heading = '', ...rest] = section.split('\n');
    const [, version, state] = HEADING.exec(heading) ?? [];
    if (version === undefined) throw new Error(`CHANGELOG.md: "${heading}" is not "## <version> (unreleased)" or "## <version> (<date>)"`);
    return { version, released: state !== 'unreleased', text: rest.join('\n') };
  });
}
