// `intents/more.yaml` is a pipe: whoever reads it waits for a writer.
import { execFileSync } from 'node:child_process';

execFileSync('mkfifo', ['intents/more.yaml']);
