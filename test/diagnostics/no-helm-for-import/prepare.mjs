import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const header = (path, size) => {
  const block = Buffer.alloc(512);
  block.write(path, 0);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('0', 156);
  return block;
};
const file = (path, text) => [header(path, text.length), Buffer.from(text.padEnd(512, '\n'))];
writeFileSync(
  'basket.tgz',
  gzipSync(
    Buffer.concat([
      ...file('basket/Chart.yaml', 'name: basket\nversion: 1.0.0\n'),
      ...file('basket/templates/basket.yaml', 'kind: {{ .Values.kind }}\n'),
      Buffer.alloc(1024),
    ]),
  ),
);
