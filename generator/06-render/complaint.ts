import { plainWords } from './plain-words.ts';

/** A complaint of kustomize in one line, and the file of the package that it names, if any. */
export interface Complaint {
  readonly reason: string;
  readonly file: string | undefined;
}

const LONGEST = 400;

/** Engines name files below their own top folder, and packages lie in a folder of the overlay: neither says anything to a person. */
export function readComplaint(message: string, names: Iterable<string>): Complaint {
  const plain = message
    .replace(/\s+/g, ' ')
    .replace(/(?<![\w./-])(?:\.\/)?package\/(?=\S)/g, '')
    .replace(/\s*:\s*$/, '')
    .trim();
  const words = plainWords(plain);
  const reason = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
  const mentioned = [...names].filter((name) => new RegExp(`(?<![\\w.-])${escape(name)}(?![\\w-]|\\.\\w)`).test(plain));
  // Of `web.yaml` and `base/web.yaml` the longer one is meant.
  const file = mentioned.sort((a, b) => b.length - a.length)[0];
  return { reason, file };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
