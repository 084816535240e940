import type { CommittedFile } from '../../model/file.ts';

/** The resources that a kustomization lists, one a line, as Flux and we write them. A file that is written otherwise is not ours to change. */
export function listedIn(kustomization: CommittedFile | undefined): ReadonlySet<string> {
  const [, list = ''] = /^resources:[ \t]*\r?\n((?:[ \t]*-[^\n]*\n)+)/m.exec(kustomization?.head ?? '') ?? [];
  return new Set([...list.matchAll(/-[ \t]+["']?([^\s"'#]+)/g)].map(([, name = '']) => name));
}

/** The version of install manifests: as our own second line has it, or as Flux writes it. `undefined`: they do not say. */
export function versionOf({ head = '' }: CommittedFile): string | undefined {
  return /^# Flux (?:Version: v)?([0-9]+\.[0-9]+\.[0-9]+)/m.exec(head)?.[1];
}
