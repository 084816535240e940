import { execFileSync } from 'node:child_process';

// A pipe: whoever reads it waits for a writer.
execFileSync('mkfifo', ['intents/more.yaml']);
