// A token, a private key and a password stand among the values of an app, the password on a line with another mistake.
import { readFileSync, writeFileSync } from 'node:fs';

// Put together here, so that no scanner takes them for real ones.
const token = ['ghp', 'Zm9v'.repeat(9)].join('_');
const key = (edge) => `-----${edge} PRIVATE${' KEY-----'}`;
const values = `    values:
      replicas: "${token}"
      tag: |
        ${key('BEGIN')}
        ${'MIIBVQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(2)}
        ${key('END')}
    costumize: [{values: {password: "${['Vq7RfT2mZk', '9LwX4bNc8Y'].join('')}"}}]
`;
const text = readFileSync('intents/retail.yaml', 'utf8');
writeFileSync('intents/retail.yaml', text.replace('    values: {replicas: 2}\n', values));
