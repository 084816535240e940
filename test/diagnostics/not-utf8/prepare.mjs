import { writeFileSync } from 'node:fs';

// "é" as Latin-1 has it.
writeFileSync('intents/more.yaml', new Uint8Array([0x23, 0x20, 0xe9, 0x0a]));
