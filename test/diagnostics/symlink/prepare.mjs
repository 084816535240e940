import { symlinkSync } from 'node:fs';

symlinkSync('/etc/hostname', 'intents/more.yaml');
