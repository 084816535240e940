// `templates/apps/up` is a symbolic link out of the repository.
import { symlinkSync } from 'node:fs';

symlinkSync('../../..', 'templates/apps/up');
