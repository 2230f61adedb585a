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
const odd = () => world().memory.messages.filter(({ parts }) => parts[0]?.kind === 'unsupported');

it('keeps a message it cannot read as Outlook told it, and all the others', async () => {
  const { faults } = world().network;
  const spoil = (change: (said: Record<string, unknown>) => void) => (body: string) => {
    const page: { value: Record<string, unknown>[] } = JSON.parse(body);
    page.value.forEach((one, index) => {
      if (index % 2 === 0) change(one);
    });
    return JSON.stringify(page);
  };
  faults.arm({ path: /me\/messages$/, after: 1 }, { is: 'spoilt', change: spoil((one) => delete one.parentFolderId) });
  const { record, settle } = world().open();
  await settle();
  whole();
  expect(odd()).toHaveLength(4);
  for (const { raw } of odd()) expect(raw).toHaveProperty('outlook');
  expect(record.states.at(-1)).toEqual({ is: 'online' });
});

it('reads the rest of a message whose lesser fields are nonsense', async () => {
  const nonsense = { toRecipients: 'everyone', categories: [7, 'Harbour'], flag: null, importance: 3, replyTo: [{}] };
  const change = (body: string) => {
    const page: { value: object[] } = JSON.parse(body);
    return JSON.stringify({ ...page, value: page.value.map((one) => ({ ...one, ...nonsense })) });
  };
  world().network.faults.arm({ path: /me\/messages$/, after: 1 }, { is: 'spoilt', change });
  await world().open().settle();
  whole();
  expect(odd()).toEqual([]);
});

it('compares states when a change cannot be read, and fetches what is new', async () => {
  const { faults } = world().network;
  await world().open().settle();
  const id = world().network.write();
  const change = (body: string) => body.replaceAll(/"id":"[^"]*"/g, '"id":17');
  const inbox = encodeURIComponent(world().network.mailbox.folder('inbox').id);
  faults.arm({ path: new RegExp(`${inbox}/messages/delta`) }, { is: 'spoilt', change });
  await world().until(() => world().memory.message(asMessageKey(id)) !== undefined && faults.waiting === 0);
  whole();
});

it('fetches the whole of mail that is signed or a meeting, and opens its parts from there', async () => {
  const signed = [
    'From: Sam <sam@example.org>',
    'To: alex@northwind.example',
    'Subject: Signed',
    'Message-ID: <signed@example.org>',
    'Date: Mon, 16 Nov 2026 10:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary="s"',
    '',
    '--s',
    'Content-Type: text/plain',
    '',
    'Mine.',
    '--s',
    'Content-Type: application/pgp-signature; name="signature.asc"',
    '',
    'xyz',
    '--s--',
    '',
  ].join('\r\n');
  const { id } = world().network.mailbox.add(Buffer.from(signed), { folder: 'inbox' });
  await world().open().settle();
  const parts = world().memory.message(asMessageKey(id))?.parts ?? [];
  expect(parts).toContainEqual(expect.objectContaining({ kind: 'secured', scheme: 'pgp', what: 'signed' }));
});

it('has every file of a mail that has many, and a mail within it as one', async () => {
  const inner = 'From: Sam <sam@example.org>\r\nSubject: Quay\r\nContent-Type: text/plain\r\n\r\nInner words.';
  const names = ['one.bin', 'two.bin', 'three.bin', 'four.bin'];
  const files = names.map((name) => `--w\r\nContent-Type: application/octet-stream; name="${name}"\r\n\r\n${name}`);
  const head = 'Subject: Many\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="w"\r\n';
  const words = '--w\r\nContent-Type: text/plain\r\n\r\nOuter words.';
  const within = `--w\r\nContent-Type: message/rfc822\r\n\r\n${inner}`;
  const raw = [head, words, ...files, within, '--w--\r\n'].join('\r\n');
  const { id } = world().network.mailbox.add(Buffer.from(raw), { folder: 'inbox' });
  const { session, settle } = world().open();
  await settle();
  const message = asMessageKey(id);
  const [text, ...others] = world().memory.message(message)?.parts ?? [];
  expect(JSON.stringify(text)).not.toContain('Inner');
  const media = others.flatMap((part) => (part.kind === 'document' ? [part.media] : []));
  expect(media.map(({ name }) => name)).toEqual([...names, 'Quay.eml']);
  const last = media.at(-1);
  expect(last?.mime).toBe('message/rfc822');
  const bytes: Uint8Array[] = [];
  const source = { message, ref: last?.ref ?? asBlobRef('none') };
  for await (const piece of await world().passing(session.openBlob(source, new AbortController().signal)))
    bytes.push(piece);
  expect(Buffer.concat(bytes).toString()).toBe(inner);
});

it('hands out files and the whole message, and refuses in words what is not there', async () => {
  const { session, settle } = world().open();
  const { mailbox } = world().network;
  const draft = mailbox.add(
    Buffer.from('Subject: Plan\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHere.'),
    {
      folder: 'drafts',
      isDraft: true,
    },
  );
  mailbox.attach(draft.id, {
    name: 'مخطط #1.bin',
    type: 'application/octet-stream',
    bytes: Buffer.alloc(700_000, 7),
    isInline: false,
    contentId: undefined,
  });
  await settle();
  const message = asMessageKey(draft.id);
  const { signal } = new AbortController();
  const read = async (ref: typeof sourceRef) => {
    const bytes: Uint8Array[] = [];
    for await (const piece of await world().passing(session.openBlob({ message, ref }, signal))) bytes.push(piece);
    return Buffer.concat(bytes);
  };
  const file = world()
    .memory.message(message)
    ?.parts.flatMap((part) => (part.kind === 'document' ? [part.media] : []))[0];
  if (!file) throw new Error('no file');
  expect(file.name).toBe('مخطط #1.bin');
  expect(await read(file.ref)).toEqual(Buffer.alloc(700_000, 7));
  expect(await read(sourceRef)).toEqual(mailbox.source(draft.id));
  await expect(read(asBlobRef('part:99'))).rejects.toMatchObject({ code: 'gone', outcome: 'refused' });
  await expect(read(asBlobRef('file:none'))).rejects.toMatchObject({ code: 'not-found', outcome: 'refused' });
});
