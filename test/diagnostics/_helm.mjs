import { chmodSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const CHART = 'apiVersion: v2\nname: web\nversion: 1.2.3\ndescription: A web server.\n';

/** Puts a program `helm` into the sample, which says what the sample is about: no test here has a network, and not every machine a helm. */
export function plantHelm({ version = 'v3.19.0', pull = 'cp chart.tgz "$destination/web-1.2.3.tgz"', manifests = '' }) {
  writeFileSync('manifests.yaml', manifests);
  writeFileSync('chart.tgz', gzipSync(archive('web/Chart.yaml', CHART)));
  const destination = 'for word; do destination=$word; done';
  const cases = `version) echo '${version}' ;; pull) ${destination}; ${pull} ;; template) cat manifests.yaml ;;`;
  writeFileSync('helm', `#!/bin/sh\ncase $1 in ${cases} esac\n`);
  chmodSync('helm', 0o755);
}

function archive(name, text) {
  const header = Buffer.alloc(512);
  header.write(name);
  header.write(text.length.toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  const content = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  content.write(text);
  return Buffer.concat([header, content, Buffer.alloc(1024)]);
}
