import type { Judge } from './judge.ts';

export interface Image {
  readonly repository: string;
  /** `undefined`: the reference has none, or is a digest. */
  readonly tag: string | undefined;
}

// As in a container runtime's references, without what YAML or Handlebars would read.
const IMAGE = /^[a-z0-9][\w.-]*(?::[0-9]+)?(?:\/[\w][\w.-]*)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/i;

/** Splits `registry:5000/team/web:1.2` before `:1.2`. A reference with a digest is kept whole: a tag does not decide it. `undefined`: no image. */
export function splitImage(text: string): Image | undefined {
  if (!IMAGE.test(text)) return undefined;
  const [, repository, tag] = text.includes('@') ? [] : (/^(.*[^/]):([^/:]+)$/.exec(text) ?? []);
  return repository === undefined ? { repository: text, tag: undefined } : { repository, tag };
}

export const judgeImage: Judge = (text) =>
  splitImage(text) ? undefined : { reason: 'it is no image', hint: 'Give one such as "ghcr.io/example/web:1.4.0"' };
