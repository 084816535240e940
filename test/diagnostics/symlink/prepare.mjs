// `intents/more.yaml` is a symbolic link to `/etc/hostname`.
import { symlinkSync } from 'node:fs';

symlinkSync('/etc/hostname', 'intents/more.yaml');
