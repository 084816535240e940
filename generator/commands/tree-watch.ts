import { createFolderWatch, type Obstacle } from '../io/folder-watch.ts';
import type { FolderWatch } from '../model/ports.ts';

/** Whether edits of the tree are followed, and what users are told where they are not. */
export interface TreeWatch {
  /** `undefined` on systems that cannot. */
  readonly folders: FolderWatch | undefined;
  listen(onChange: () => void): void;
  isFollowed(): boolean;
  /** Once: why the tree is not followed, and what to do. */
  takeNote(): string;
}

export function createTreeWatch(): TreeWatch {
  let poke: () => void = () => undefined;
  let note = '';
  let isMet = false;
  const folders = createFolderWatch({
    onChange: () => poke(),
    onObstacle(obstacle) {
      isMet = true;
      note = explain(obstacle);
    },
  });
  return {
    folders,
    listen(onChange) {
      poke = onChange;
    },
    isFollowed: () => folders !== undefined && !isMet,
    takeNote() {
      const taken = note;
      note = '';
      return taken;
    },
  };
}

function explain(obstacle: Obstacle): string {
  const meaning = 'every run looks at all of clusters/, and what others change there is seen with the next edit of the intents';
  if (obstacle.kind === 'disk') return `note: the disk of clusters/ does not tell of changes: ${meaning}\n`;
  const [what, setting] =
    obstacle.code === 'EMFILE'
      ? ['programs watch', 'fs.inotify.max_user_instances']
      : ['folders are watched', 'fs.inotify.max_user_watches'];
  return `note: as many ${what} as the system allows (${obstacle.code}): ${meaning}\n  = help: Raise the limit "sysctl ${setting}"\n`;
}
