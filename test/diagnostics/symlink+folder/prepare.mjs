import { symlinkSync } from 'node:fs';

symlinkSync('../../..', 'templates/apps/up');
