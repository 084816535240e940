import { open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explainFailure } from '../read-text.ts';
import { checksumOf, sha256Of } from './checksums.ts';
import { failed, LARGEST, type Obtained, toText } from './obtained.ts';

/** Where the manifests lie in a folder: as vendored, as a bootstrapped repository or Flux's artefact has them, as a release has them. */
const NAMES = ['gotk-components.yaml', 'flux-system/gotk-components.yaml', 'install.yaml'];

/** A file of manifests, or the folder that it lies in. Beside a release's checksums, the file is held to them. */
export async function fromFiles(path: string, version: string): Promise<Obtained> {
  try {
    const file = (await stat(path)).isDirectory() ? await findIn(path) : path;
    if (file === undefined) return failed(`there is no ${NAMES.join(', ')} in it`);
    const bytes = await readSome(file, LARGEST + 1);
    const name = basename(file);
    const checksums = await readChecksums(join(dirname(file), `flux_${version}_checksums.txt`));
    const expected = checksums === undefined ? undefined : checksumOf(name, checksums);
    const found = sha256Of(bytes);
    if (expected !== undefined && expected !== found && bytes.byteLength <= LARGEST)
      return { kind: 'wrong-checksum', file: name, expected, found };
    return toText(bytes, `file ${name}`);
  } catch (error) {
    return failed(explainFailure(error).reason);
  }
}

async function findIn(folder: string): Promise<string | undefined> {
  for (const name of NAMES) {
    const isFile = await stat(join(folder, name)).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isFile) return join(folder, name);
  }
  return undefined;
}

async function readChecksums(path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await readSome(path, LARGEST));
  } catch (error) {
    if (explainFailure(error).isMissing) return undefined;
    throw error;
  }
}

/** At most so many bytes: what is given may be no ordinary file and never end. */
async function readSome(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = new Uint8Array(limit);
    let length = 0;
    for (let read = -1; read !== 0 && length < limit; length += read)
      ({ bytesRead: read } = await file.read(buffer, length, limit - length));
    return buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}
