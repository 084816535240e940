import { resolve } from 'node:path';
import { type Pace, watchInput } from '../io/watch.ts';
import { inSession, runAndReport, type Session } from './generate.ts';
import { createNews } from './news.ts';
import type { RunOptions } from './run-options.ts';
import { createTreeWatch, type TreeWatch } from './tree-watch.ts';

/** A preview of what is half saved does no harm. */
const PREVIEW_PACE: Pace = { settle: 15, longest: 500 };
const WRITING_PACE: Pace = { settle: 100, longest: 5000 };

/**
 * Runs at once, and again after every edit of intents or templates, until a signal comes. A preview also follows edits of the tree. Who writes it
 * looks at all of it in every run, and sees edits with the next one of the intents, lest a checkout or a merge be undone while it is under way.
 */
export async function watch(options: RunOptions): Promise<number> {
  const tree = options.mode === 'write' ? undefined : createTreeWatch();
  try {
    return await inSession(options, (session) => runAgainAndAgain(session, tree), { treeWatch: tree?.folders });
  } finally {
    tree?.folders?.close();
  }
}

async function runAgainAndAgain(session: Session, tree: TreeWatch | undefined): Promise<number> {
  const { options, signal, terminal } = session;
  const isNews = createNews();
  const ended = new Promise<void>((settle) => {
    signal.addEventListener('abort', () => settle(), { once: true });
  });
  const watcher = watchInput(resolve(options.root), {
    pace: tree ? PREVIEW_PACE : WRITING_PACE,
    followsTree: tree !== undefined,
    async act(isInput) {
      if (!(await runAndReport(session, (finished) => isNews(finished) || isInput))) return;
      terminal.err(tree?.takeNote() ?? '');
      terminal.err(
        terminal.errPaint.dim(
          `watching ${tree?.isFollowed() === true ? 'intents/, templates/ and clusters/' : 'intents/ and templates/'}\n`,
        ),
      );
    },
  });
  tree?.listen(() => watcher.poke());
  if (!signal.aborted) await ended;
  await watcher.close();
  return 0;
}
