import { compareText } from '../../lib/order.ts';
import type { FolderEntry, FolderReader } from '../../model/ports.ts';

/** Files in memory, read as a folder. */
export function readerOf(files: ReadonlyMap<string, string>): FolderReader {
  return {
    list(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      const entries = new Map<string, FolderEntry>();
      for (const path of files.keys()) {
        if (!path.startsWith(start)) continue;
        const [name = '', ...rest] = path.slice(start.length).split('/');
        entries.set(name, { name, kind: rest.length > 0 ? 'folder' : 'file' });
      }
      if (entries.size === 0 && folder !== '') return Promise.resolve(undefined);
      return Promise.resolve([...entries.values()].sort((a, b) => compareText(a.name, b.name)));
    },
    read(path) {
      const text = files.get(path);
      return Promise.resolve(text === undefined ? { reason: 'it does not exist' } : { text });
    },
  };
}
