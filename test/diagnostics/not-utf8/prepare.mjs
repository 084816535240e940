// `intents/more.yaml` holds an é as Latin-1 has it, the one byte E9.
import { writeFileSync } from 'node:fs';

writeFileSync('intents/more.yaml', new Uint8Array([0x23, 0x20, 0xe9, 0x0a]));
