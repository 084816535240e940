import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '../model/source.ts';
import { stampOf } from './file-stamp.ts';
import { readText } from './read-text.ts';

/** Reads texts again and again; a file that did not change is not read once more, and one whose text did not is the same object as before. */
export function createTextReader(): typeof readText {
  const known = new Map<string, { readonly stamp: string | undefined; readonly file: SourceFile }>();
  return async (request) => {
    const place = join(request.root, request.path);
    const stats = lstatSync(place, { throwIfNoEntry: false });
    const stamp = stats && stampOf(stats, Date.now());
    const before = known.get(place);
    if (before && stamp !== undefined && before.stamp === stamp) return before.file;
    const read = await readText(request);
    if ('code' in read) return read;
    const file = before?.file.text === read.text ? before.file : read;
    known.set(place, { stamp, file });
    return file;
  };
}
