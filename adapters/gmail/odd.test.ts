import { expect, it } from 'vitest';
import { asBlobRef, asMessageKey, sourceRef } from '../../src-shared/model/index.ts';
import { eachInItsWorld, keepingParser, keysIn } from '../_kit/testing/mailbox/index.ts';
import { mailbox } from './testing/world.ts';

keepingParser();
const world = eachInItsWorld(mailbox, { talks: 2, messages: 8 });

const whole = () => {
  const { here, there } = keysIn(world());
  expect(here).toEqual(there);
};

it('keeps a message it cannot read as Gmail told it, and all the others', async () => {
  const spoil = [
    (body: string) => body.slice(0, body.length / 2),
    (body: string) => body.replace('"payload"', '"load"'),
    (body: string) => body.replaceAll(/"id":"[^"]*"/g, '"id":17'),
    () => '[]',
  ];
  for (const change of spoil) world().network.faults.arm({ path: /messages\/[0-9a-f]+$/ }, { is: 'spoilt', change });
  const { record, settle } = world().open();
  await settle();
  whole();
  expect(record.states.at(-1)).toEqual({ is: 'online' });
  const odd = world().memory.messages.filter(({ parts }) => parts[0]?.kind === 'unsupported');
  expect(odd).toHaveLength(spoil.length);
  for (const { raw } of odd) expect(raw).toHaveProperty('gmail');
  expect(odd.some(({ raw }) => JSON.stringify(raw).includes('"load"'))).toBe(true);
});

it('compares by ids when a part of the history cannot be read', async () => {
  const { session, record, settle } = world().open();
  await settle();
  const change = (body: string) => body.replaceAll(/"message":\{"id":"[^"]*"/g, '"message":{"id":{}');
  const id = world().network.write();
  world().network.faults.arm({ path: /history$/ }, { is: 'spoilt', change });
  await world().until(() => record.memory.scopes.has('all') && world().network.faults.waiting === 0);
  await world().until(() => record.batches.some(({ events }) => events.some(({ type }) => type === 'gap')));
  const { signal } = new AbortController();
  const page = await world().passing(session.backfill.fetch({ scope: 'all', cursor: undefined, limit: 200, signal }));
  expect(page.events.flatMap((event) => (event.type === 'message' ? [event.message.key] : []))).toEqual([id]);
});

it('shows a mail within a mail as a file, its words apart, though Gmail opens it', async () => {
  const inner = 'From: Sam <sam@example.org>\r\nSubject: Quay\r\nContent-Type: text/plain\r\n\r\nInner words.';
  const raw = [
    'From: Inês <ines@northwind.example>',
    'Message-ID: <within@northwind.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="w"',
    '',
    '--w',
    'Content-Type: text/plain',
    '',
    'Outer words.',
    '--w',
    'Content-Type: message/rfc822',
    'Content-Disposition: attachment; filename="quay.eml"',
    '',
    inner,
    '--w--',
    '',
  ].join('\r\n');
  const { id } = world().network.mailbox.deliver(Buffer.from(raw), { labels: ['INBOX'] });
  const { session, settle } = world().open();
  await settle();
  const message = asMessageKey(id);
  const [words, file, ...more] = world().memory.message(message)?.parts ?? [];
  expect(words).toMatchObject({ kind: 'text', text: expect.stringContaining('Outer words.') });
  expect(JSON.stringify(words)).not.toContain('Inner');
  expect(file).toMatchObject({
    kind: 'document',
    media: { mime: 'message/rfc822', name: 'quay.eml', bytes: inner.length },
  });
  expect(more).toEqual([]);
  if (file?.kind !== 'document') throw new Error('no file');
  const bytes: Uint8Array[] = [];
  const source = { message, ref: file.media.ref };
  for await (const piece of await world().passing(session.openBlob(source, new AbortController().signal)))
    bytes.push(piece);
  expect(Buffer.concat(bytes).toString()).toBe(inner);
});

it('hands out the whole message as it came, and refuses in words a file that is not in it', async () => {
  const { session, settle } = world().open();
  await settle();
  const [first] = world().network.mailbox.messages;
  if (!first) throw new Error('no message');
  const read = async (ref: typeof sourceRef) => {
    const source = { message: asMessageKey(first.id), ref };
    const bytes: Uint8Array[] = [];
    for await (const piece of await world().passing(session.openBlob(source, new AbortController().signal)))
      bytes.push(piece);
    return Buffer.concat(bytes);
  };
  expect(await read(sourceRef)).toEqual(first.raw);
  await expect(read(asBlobRef('part:99'))).rejects.toMatchObject({ code: 'gone', outcome: 'refused' });
});
