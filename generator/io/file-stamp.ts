import type { FileStamp } from '../model/ports.ts';

/** Some disks count time in steps of two seconds: what is written twice within one of them shows in no time. */
const TOO_FRESH_MS = 3000;

/**
 * What the disk says of a file, as one text: its size, its inode and both its times, of which nobody can set that of the last change of the inode;
 * so that another text comes after every edit, even after one that sets back the file's time. `undefined` where the file was changed so shortly
 * before `now` that it might change again unseen: such a file is neither remembered nor taken for one that is.
 */
export function stampOf({ size, ino, mtimeMs, ctimeMs }: FileStamp, now: number): string | undefined {
  return Math.max(mtimeMs, ctimeMs) < now - TOO_FRESH_MS ? `${size} ${ino} ${mtimeMs} ${ctimeMs}` : undefined;
}
