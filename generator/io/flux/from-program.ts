import { execa } from 'execa';
import { LARGEST, failed, type Obtained, toText } from './obtained.ts';

export interface ProgramRequest {
  readonly version: string;
  readonly components: readonly string[];
  readonly timeoutMs: number;
}

/** What a flux program prints. It has the manifests of its own version in it, and fetches those of others. */
export async function fromProgram(program: string, { version, components, timeoutMs }: ProgramRequest): Promise<Obtained> {
  const args = ['install', '--export', `--version=v${version}`, `--components=${components.join(',')}`];
  const result = await execa(program, args, {
    stdin: 'ignore',
    reject: false,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: 2 * LARGEST,
    stripFinalNewline: false,
    encoding: 'buffer',
  });
  if (result.timedOut) return failed(`it took longer than ${timeoutMs / 1000} s`);
  if (result.isMaxBuffer) return failed('it printed too much');
  if (result.code === 'ENOENT') return failed('there is no such program');
  if (result.code === 'EACCES') return failed('it may not be executed');
  if (result.failed) return failed(firstLine(new TextDecoder().decode(result.stderr)) ?? 'it failed');
  return toText(result.stdout, 'flux install --export');
}

/** What it complains of; flux marks its lines with signs. */
function firstLine(text: string): string | undefined {
  const lines = text.split('\n').map((line) => line.replace(/^[^A-Za-z0-9"']+/, '').trim());
  return lines.find((line) => line !== '')?.slice(0, 200);
}
