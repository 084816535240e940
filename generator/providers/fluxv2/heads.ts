import type { CommittedFile } from '../../model/file.ts';

/**
 * What a kustomization lists, as Flux and we write it: one name a line. Of a file that somebody wrote otherwise, Flux's own names are found
 * wherever they stand outside of comments: rather one too many than one that Flux is made to delete.
 */
export function listedIn(kustomization: CommittedFile | undefined): ReadonlySet<string> {
  const text = (kustomization?.head ?? '').replace(/(^|\s)#[^\n]*/g, '$1');
  const [, list = ''] = /^resources:[ \t]*\r?\n((?:[ \t]*(?:-[^\n]*)?\r?\n)+)/m.exec(text) ?? [];
  const names = [...list.matchAll(/-[ \t]+["']?(?:\.\/)?([^\s"']+)/g)].map(([, name = '']) => name);
  const known = FLUX_FILES.filter((name) => new RegExp(`(^|[\\s"'/,[])${name.replace('.', '\\.')}`, 'm').test(text));
  return new Set([...names, ...known]);
}

const FLUX_FILES = ['gotk-components.yaml', 'gotk-sync.yaml', 'flux-instance.yaml'];

/** As much of a file is read as its head, so that one that fills it goes on. */
const LONG = 1024;

/** Whether install manifests hold any object, as far as their beginning tells: of an emptied file Flux would make nothing, and delete itself. */
export function hasObjects({ head }: CommittedFile): boolean {
  return head === undefined || head.length >= LONG || /^[ \t]*[{"']*kind["']?[ \t]*:/m.test(head);
}

/** The version of install manifests: as our own second line has it, or as Flux writes it. `undefined`: they do not say. */
export function versionOf({ head = '' }: CommittedFile): string | undefined {
  return /^# Flux (?:Version: v)?([0-9]+\.[0-9]+\.[0-9]+)/m.exec(head)?.[1];
}
