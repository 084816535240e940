import { access, constants } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fromFiles } from '../../io/flux/from-files.ts';
import { fromProgram } from '../../io/flux/from-program.ts';
import { fromRelease, RELEASES } from '../../io/flux/from-release.ts';
import type { Obtained } from '../../io/flux/obtained.ts';
import { findProgram } from '../../io/kustomize/find-program.ts';

/** Where manifests come from. */
export type Way =
  | { readonly kind: 'program'; readonly path: string }
  | { readonly kind: 'files'; readonly path: string }
  | { readonly kind: 'release'; readonly base: string };

export interface WayOptions {
  readonly from: string | undefined;
  readonly flux: string | undefined;
  /** `true`: Flux's own releases. */
  readonly release: string | true | undefined;
}

/** What was asked for; otherwise the flux program in PATH, and where there is none, the release. */
export async function chooseWay({ from, flux, release }: WayOptions): Promise<Way> {
  if (from !== undefined) return { kind: 'files', path: from };
  if (flux !== undefined) return { kind: 'program', path: flux };
  if (release !== undefined) return { kind: 'release', base: release === true ? RELEASES : release };
  const found = await findProgram('flux');
  const isThere = await access(found, constants.X_OK).then(
    () => found !== resolve('flux'),
    () => false,
  );
  return isThere ? { kind: 'program', path: found } : { kind: 'release', base: RELEASES };
}

/** For people, without the machine's own folders. */
export function describeWay(way: Way): string {
  switch (way.kind) {
    case 'program':
      return `program "${basename(way.path)}"`;
    case 'files':
      return `"${way.path}"`;
    case 'release':
      return way.base === RELEASES ? "Flux's releases" : `the releases at "${withoutUser(way.base)}"`;
    default:
      return way satisfies never;
  }
}

function withoutUser(base: string): string {
  return base.replace(/\/\/[^/@]*@/, '//');
}

const PROGRAM_MS = 120_000;
const DOWNLOAD = { timeoutMs: 60_000, pausesMs: [500, 2000] } as const;

export async function obtain(
  way: Way,
  { version, components }: { readonly version: string; readonly components: readonly string[] },
): Promise<Obtained> {
  switch (way.kind) {
    case 'program':
      return fromProgram(await findProgram(way.path), { version, components, timeoutMs: PROGRAM_MS });
    case 'files':
      return fromFiles(way.path, version);
    case 'release':
      return fromRelease(way.base, version, DOWNLOAD);
    default:
      return way satisfies never;
  }
}
