import type { FileStamp } from '../model/ports.ts';

/** Some disks count time in steps of two seconds: what is written twice within one of them shows in no time. */
const TOO_FRESH_MS = 3000;

/**
 * What the disk says of a file, as one text: another one after every change. `undefined` where the file was changed so shortly before `now` that it
 * might change again unseen. Nobody can set the time of the last change of the inode.
 */
export function stampOf({ size, ino, mtimeMs, ctimeMs }: FileStamp, now: number): string | undefined {
  return Math.max(mtimeMs, ctimeMs) < now - TOO_FRESH_MS ? `${size} ${ino} ${mtimeMs} ${ctimeMs}` : undefined;
}
