// `templates/apps/web/logo.png` is a picture.
import { writeFileSync } from 'node:fs';

writeFileSync('templates/apps/web/logo.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x00]));
