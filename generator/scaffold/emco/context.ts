import type { SourceFile } from '../../model/source.ts';
import type { Ports, Surroundings } from './model.ts';
import type { Naming } from './naming.ts';
import type { Report } from './report.ts';
import type { Shelf } from './shelf.ts';

/** What every part of an import has at hand. */
export interface Import extends Surroundings {
  readonly shelf: Shelf;
  readonly naming: Naming;
  readonly report: Report;
  readonly ports: Ports;
  readonly files: SourceFile[];
}
