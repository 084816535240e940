import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type Asker, createAsker, isInterruption } from './ask.ts';

const ENTER = '\r';
const DOWN = '\u001b[B';

/** A person at a terminal: types each text once what comes before was asked. */
async function withPerson(
  ask: (asker: Asker) => Promise<unknown>,
  typed: readonly (readonly [string, string])[],
): Promise<{ answer: unknown; shown: string }> {
  const input = new PassThrough();
  const output = new PassThrough();
  const left = [...typed];
  let shown = '';
  let unread = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    unread += chunk.toString();
    const [next] = left;
    if (!next || !unread.includes(next[0])) return;
    left.shift();
    unread = '';
    // The prompt listens once it has been drawn.
    setImmediate(() => input.write(next[1]));
  });
  const answer = await ask(await createAsker({ input, output }));
  expect(left).toEqual([]);
  return { answer, shown };
}

const accept = (): undefined => undefined;

test('text() takes a line, without spaces around it', async () => {
  const { answer, shown } = await withPerson((asker) => asker.text({ message: 'Name:', complain: accept }), [['Name:', ` shop ${ENTER}`]]);
  expect([answer, shown.includes('Name:')]).toEqual(['shop', true]);
});

test('text() takes the suggestion where nothing is typed', async () => {
  const { answer } = await withPerson(
    (asker) => asker.text({ message: 'Branch:', suggestion: 'main', complain: accept }),
    [['main', ENTER]],
  );
  expect(answer).toBe('main');
});

test('text() says what is wrong, and asks on', async () => {
  const complain = (answer: string): string | undefined => (answer === 'shop' ? undefined : 'a name has lower-case letters');
  const typed = [
    ['Name:', `Shop${ENTER}`],
    ['a name has lower-case letters', `\u0015shop${ENTER}`],
  ] as const;
  expect((await withPerson((asker) => asker.text({ message: 'Name:', complain }), typed)).answer).toBe('shop');
});

test('choice() and several() take what the keys choose', async () => {
  const choices = [{ value: 'a', label: 'the first' }, { value: 'b' }, { value: 'c' }];
  expect((await withPerson((asker) => asker.choice({ message: 'Which?', choices }), [['the first', DOWN + ENTER]])).answer).toBe('b');
  expect(
    (await withPerson((asker) => asker.several({ message: 'Which?', choices, chosen: true }), [['the first', ` ${ENTER}`]])).answer,
  ).toEqual(['b', 'c']);
});

test('Ctrl-C is an interruption, and nothing else is', async () => {
  const asked = withPerson((asker) => asker.text({ message: 'Name:', complain: accept }), [['Name:', '\u0003']]);
  const error: unknown = await asked.catch((reason: unknown) => reason);
  expect(isInterruption(error)).toBe(true);
  expect(isInterruption(new Error('other'))).toBe(false);
});
