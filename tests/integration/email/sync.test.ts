import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asLabelKey } from '../../../src-shared/model/index.ts';
import { type MailServer, startMailServer } from '../../servers/mail.ts';
import { type Mailbox, must, openMailbox, options, target } from './harness.ts';
import { accountOn, ann, letter, users } from './mailbox.ts';

describe.each(['qresync', 'condstore', 'plain'] as const)('a mailbox on a server with %s', (abilities) => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMailServer({ users, abilities, delivery: false });
  });
  afterAll(() => server.stop());

  const connect = async (before?: Mailbox): Promise<Mailbox> => {
    await before?.close();
    return await openMailbox(accountOn(server.ports), before?.memory);
  };

  it('shows a new letter as soon as it comes', async () => {
    const mailbox = await connect();
    await mailbox.until('it is online', () => mailbox.record.states.at(-1)?.is === 'online');
    await server.deliver(ann, letter({ subject: `News ${abilities}` }));
    await mailbox.until('the letter is there', () => mailbox.bySubject(`News ${abilities}`) !== undefined);
    const key = must(mailbox.bySubject(`News ${abilities}`), 'letter').key;
    expect(mailbox.foldersOf(key)).toEqual(['INBOX']);
    expect(mailbox.memory.flagsOf(key).read).toBe(false);
    const batch = mailbox.record.batches.find(({ events }) => events.some(({ type }) => type === 'message'));
    expect(batch?.origin).toBe('live');
  });

  it('catches up with everything that happened while it was away', async () => {
    for (const name of ['Stays', 'Read elsewhere', 'Starred elsewhere', 'Deleted elsewhere', 'Moved elsewhere'])
      await server.deliver(ann, letter({ subject: `${name} ${abilities}` }));
    const first = await connect();
    await first.backfill();
    const keyOf = (mailbox: Mailbox, name: string) => must(mailbox.bySubject(`${name} ${abilities}`), name).key;
    for (const name of ['Stays', 'Deleted elsewhere']) expect(first.foldersOf(keyOf(first, name))).toEqual(['INBOX']);
    await first.close();

    const find = (name: string) => ['mailbox', 'INBOX', 'subject', `${name} ${abilities}`];
    await server.doveadm('flags', 'add', '-u', ann, '\\Seen', ...find('Read elsewhere'));
    await server.doveadm('flags', 'add', '-u', ann, '\\Flagged $Label1', ...find('Starred elsewhere'));
    await server.doveadm('expunge', '-u', ann, ...find('Deleted elsewhere'));
    await server.doveadm('move', '-u', ann, 'Archive', ...find('Moved elsewhere'));
    await server.deliver(ann, letter({ subject: `Came meanwhile ${abilities}` }));

    const mailbox = await connect(first);
    await mailbox.until(
      'the new letter is there',
      () => mailbox.bySubject(`Came meanwhile ${abilities}`) !== undefined,
    );
    await mailbox.until(
      'the read one is read',
      () => mailbox.memory.flagsOf(keyOf(mailbox, 'Read elsewhere')).read === true,
    );
    const starred = keyOf(mailbox, 'Starred elsewhere');
    await mailbox.until('the starred one has its star', () => mailbox.memory.flagsOf(starred).starred === true);
    expect(mailbox.memory.placementsOf(starred).map(({ label }) => label)).toContain('keyword:$Label1');
    const moved = keyOf(mailbox, 'Moved elsewhere');
    await mailbox.until('the moved one is in the archive alone', () => mailbox.foldersOf(moved).join() === 'Archive');
    const deleted = keyOf(mailbox, 'Deleted elsewhere');
    await mailbox.until('the deleted one is gone', () => mailbox.memory.isRemoved(deleted));
    expect(mailbox.memory.isRemoved(moved)).toBe(false);
    expect(mailbox.foldersOf(keyOf(mailbox, 'Stays'))).toEqual(['INBOX']);
    expect(mailbox.memory.flagsOf(keyOf(mailbox, 'Stays')).read).toBe(false);
  });

  it('fetches no letter again that another folder showed already', async () => {
    await server.deliver(ann, letter({ subject: `Travels ${abilities}` }));
    const mailbox = await connect();
    await mailbox.backfill();
    const key = must(mailbox.bySubject(`Travels ${abilities}`), 'letter').key;
    await server.doveadm('move', '-u', ann, 'Archive', 'mailbox', 'INBOX', 'subject', `Travels ${abilities}`);
    await mailbox.until('it is in the archive', () => mailbox.foldersOf(key).join() === 'Archive');
    const told = mailbox.record.batches.flatMap(({ events }) => events);
    expect(told.filter((event) => event.type === 'message' && event.message.key === key)).toHaveLength(1);
  });

  it('keeps every letter once when the server renumbers a folder, and fetches none of them again', async () => {
    const first = await connect();
    await first.backfill();
    const before = (await first.inFolder('INBOX')).map(({ key }) => key).toSorted();
    expect(before.length).toBeGreaterThan(3);
    await first.close();
    // The new UIDVALIDITY is made of the clock's seconds: it must not be the old one.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await server.renumber(ann);

    const mailbox = await connect(first);
    const refsOf = () => before.flatMap((key) => mailbox.memory.placementsOf(key).map(({ ref }) => ref ?? ''));
    const oldRefs = new Set(refsOf());
    await mailbox.until('no old place is left', () => refsOf().every((ref) => ref === '' || !oldRefs.has(ref)));
    expect((await mailbox.inFolder('INBOX')).map(({ key }) => key).toSorted()).toEqual(before);
    for (const key of before)
      expect(mailbox.memory.placementsOf(key).filter(({ label }) => label === 'folder:INBOX')).toHaveLength(1);
    const told = mailbox.record.batches.flatMap(({ events }) => events);
    expect(told.filter(({ type }) => type === 'message')).toEqual([]);
    expect(told.some(({ type }) => type === 'removed')).toBe(false);
    // And the history that restarts finds nothing new either.
    await mailbox.backfill();
    expect((await mailbox.inFolder('INBOX')).map(({ key }) => key).toSorted()).toEqual(before);
  });

  it('sets flags so that every other program sees them', async () => {
    await server.deliver(ann, letter({ subject: `To be flagged ${abilities}` }));
    const mailbox = await connect();
    await mailbox.backfill();
    const message = must(mailbox.bySubject(`To be flagged ${abilities}`), 'letter');
    await mailbox.apply(mailbox.session.flag.set([target(message)], { read: true, answered: true }, options()));
    const query = ['-u', ann, 'flags', 'mailbox', 'INBOX', 'subject', `To be flagged ${abilities}`];
    const words = await server.doveadm('fetch', ...query);
    for (const flag of ['\\Seen', '\\Answered']) expect(words).toContain(flag);
    await mailbox.apply(mailbox.session.flag.set([target(message)], { read: false }, options()));
    expect(await server.doveadm('fetch', ...query)).not.toContain('\\Seen');
  });

  it('archives, moves back and marks with a label of its own', async () => {
    await server.deliver(ann, letter({ subject: `To be moved ${abilities}` }));
    const mailbox = await connect();
    await mailbox.backfill();
    const message = must(mailbox.bySubject(`To be moved ${abilities}`), 'letter');
    const inbox = asLabelKey('folder:INBOX');
    const archive = asLabelKey('folder:Archive');
    const move = async (
      add: readonly ReturnType<typeof asLabelKey>[],
      remove: readonly ReturnType<typeof asLabelKey>[],
    ) => await mailbox.apply(mailbox.session.label.apply([target(message)], { add, remove }, options()));
    const onServer = async (folder: string) =>
      await server.doveadm('search', '-u', ann, 'mailbox', folder, 'subject', `To be moved ${abilities}`);

    await move([archive], [inbox]);
    expect(await onServer('INBOX')).toBe('');
    expect(await onServer('Archive')).not.toBe('');
    await mailbox.until('it is placed in the archive alone', () => mailbox.foldersOf(message.key).join() === 'Archive');
    await move([inbox], [archive]);
    expect(await onServer('INBOX')).not.toBe('');
    await mailbox.until('it is back in the inbox alone', () => mailbox.foldersOf(message.key).join() === 'INBOX');
    // Out of its only folder means the archive: nothing is ever deleted by taking a label away.
    await move([], [inbox]);
    expect(await onServer('Archive')).not.toBe('');
    await mailbox.until('it is in the archive again', () => mailbox.foldersOf(message.key).join() === 'Archive');
    const keyword = asLabelKey('keyword:Urgent');
    await move([keyword], []);
    const query = ['-u', ann, 'flags', 'mailbox', 'Archive', 'subject', `To be moved ${abilities}`];
    expect(await server.doveadm('fetch', ...query)).toContain('Urgent');
    await move([], [keyword]);
    expect(await server.doveadm('fetch', ...query)).not.toContain('Urgent');
  });

  it('deletes for good what it is told to, and nothing else', async () => {
    for (const name of ['Doomed', 'Spared']) await server.deliver(ann, letter({ subject: `${name} ${abilities}` }));
    const mailbox = await connect();
    await mailbox.backfill();
    const doomed = must(mailbox.bySubject(`Doomed ${abilities}`), 'letter');
    await mailbox.apply(mailbox.session.remove.apply([target(doomed)], 'me', options()));
    const search = async (name: string) =>
      await server.doveadm('search', '-u', ann, 'mailbox', 'INBOX', 'subject', `${name} ${abilities}`);
    expect(await search('Doomed')).toBe('');
    expect(await search('Spared')).not.toBe('');
    expect(mailbox.memory.isRemoved(doomed.key)).toBe(true);
  });

  it('follows folders that are made, renamed and deleted elsewhere', async () => {
    const mailbox = await connect();
    await mailbox.backfill();
    const name = (path: string) => mailbox.memory.fact('label', `folder:${path}`, 'exists');
    await server.doveadm('mailbox', 'create', '-u', ann, `Travel ${abilities}`);
    await server.deliver(ann, letter({ subject: `Ticket ${abilities}` }), { folder: `Travel ${abilities}` });
    await mailbox.until('the new folder is there', () => name(`Travel ${abilities}`) === true);
    await mailbox.until('it has a history', () => mailbox.memory.scopes.has(`folder:Travel ${abilities}`));
    await mailbox.backfill();
    await mailbox.until('its letter is there', () => mailbox.bySubject(`Ticket ${abilities}`) !== undefined);
    const key = must(mailbox.bySubject(`Ticket ${abilities}`), 'ticket').key;
    await server.doveadm('mailbox', 'rename', '-u', ann, `Travel ${abilities}`, `Journeys ${abilities}`);
    await mailbox.until('the new name is there', () => name(`Journeys ${abilities}`) === true);
    expect(name(`Travel ${abilities}`)).toBe(false);
    await mailbox.until('it has a history', () => mailbox.memory.scopes.has(`folder:Journeys ${abilities}`));
    await mailbox.backfill();
    expect(mailbox.foldersOf(key)).toContain(`Journeys ${abilities}`);
    expect(mailbox.memory.isRemoved(key)).toBe(false);
    await server.doveadm('mailbox', 'delete', '-u', ann, `Journeys ${abilities}`);
    await mailbox.until('the folder is gone', () => name(`Journeys ${abilities}`) === false);
    const made = await mailbox.session.label.create(`Made here ${abilities}`, options());
    expect(await server.doveadm('mailbox', 'list', '-u', ann)).toContain(`Made here ${abilities}`);
    await mailbox.until('it is listed', () => mailbox.memory.fact('label', made, 'exists') === true);
  });
});
