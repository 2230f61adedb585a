import { expect, test } from 'vitest';
import { asConversationKey, asLabelKey, asUserKey, type ChannelEvent } from '../../../src-shared/model/index.ts';
import { at, chat, key, mail, Scene } from '../testing/scene.ts';

const label = asLabelKey;
const placed = (target: string, where: string, on: boolean, minutes: number, ref?: string) =>
  ({ type: 'placed', target: key(target), label: label(where), on, at: at(minutes), ...(ref && { ref }) }) as const;

test('I-1: a message met twice is here once', () => {
  const scene = new Scene('mail');
  expect(scene.tell(mail('a'))).toMatchObject({ added: 1 });
  expect(scene.tell(mail('a'))).toMatchObject({ added: 0 });
  expect(scene.only()).toMatchObject({ messages: 1, unread: 1 });
});

test('I-2: messages stand by the order of the network, else by time, else by key', () => {
  const scene = new Scene('chat');
  scene.tell(
    chat('b', { order: '2', at: at(1) }),
    chat('a', { order: '1', at: at(9) }),
    chat('c', { order: '2', at: at(1) }),
  );
  expect(scene.messages(scene.only().id).map((message) => message.key)).toEqual(['a', 'b', 'c']);
});

test('I-4: of two flags the later word holds, whichever comes first', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'), { type: 'flags', target: key('a'), flags: { read: true, starred: true }, at: at(9) });
  scene.tell({ type: 'flags', target: key('a'), flags: { read: false }, at: at(5) });
  expect(scene.keyed('a').flags).toMatchObject({ read: true, starred: true });
  expect(scene.only()).toMatchObject({ unread: 0, starred: true });
});

test('I-5: the highest version shows and the others are kept in order', () => {
  const scene = new Scene('chat');
  const edit = (version: number, text: string): ChannelEvent => ({
    type: 'edited',
    target: key('a'),
    version,
    at: at(version),
    content: { parts: [{ kind: 'text', format: 'plain', text }] },
  });
  scene.tell(edit(2, 'second'), chat('a'), edit(1, 'first'));
  expect(scene.keyed('a')).toMatchObject({ parts: [{ text: 'second' }], edited: { at: at(2), versions: 3 } });
  const versions = scene.store.query('message.versions', { message: scene.idOf('a') });
  expect(versions.map(({ parts }) => parts[0])).toMatchObject([
    { text: 'text of a' },
    { text: 'first' },
    { text: 'second' },
  ]);
  scene.tell({ ...edit(3, 'second, with a button'), quiet: true } as ChannelEvent);
  expect(scene.keyed('a')).toMatchObject({ parts: [{ text: 'second, with a button' }], edited: null });
});

test('I-7: a conversation begun in the batch that merged two others is not taken for the one that went', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'), mail('b', { at: at(2) }));
  const read: ChannelEvent = { type: 'flags', target: key('d'), flags: { read: true }, at: at(9) };
  scene.tell(mail('c', { links: ['a', 'b'], at: at(3) }), mail('d', { at: at(4) }), read);
  expect(scene.conversations()).toMatchObject([
    { messages: 1, unread: 0 },
    { messages: 3, unread: 3 },
  ]);
  for (const check of scene.store.query('check', {})) expect(check).toMatchObject({ ok: true });
});

test('I-6, I-7: mails that share a link are one conversation, however late the link between them comes', () => {
  const scene = new Scene('mail');
  scene.tell(mail('b', { links: ['lost'] }), mail('c', { at: at(2), subject: 'Re: Plans' }));
  expect(scene.conversations()).toHaveLength(2);
  const draft = scene.store.command('draft.save', {
    now: at(3),
    composition: {
      account: scene.account,
      conversation: scene.conversations()[0]?.id ?? null,
      from: null,
      recipients: [],
      subject: null,
      text: 'half',
      format: 'plain',
      parts: [],
      replyTo: null,
      forwards: null,
    },
  });
  scene.tell(mail('a', { links: ['lost', 'c'], at: at(0), subject: 'Plans' }));
  const row = scene.only();
  expect(row).toMatchObject({ messages: 3, title: 'Plans', lastAt: at(2), hasDraft: true });
  expect(scene.store.query('draft', { conversation: row.id })).toMatchObject({ id: draft.draft, text: 'half' });
  expect(scene.store.query('conversation', { conversation: row.id })).toMatchObject({ key: 'a' });
});

test('I-8: what is said about a message before it comes waits for it', () => {
  const scene = new Scene('chat');
  scene.tell(
    { type: 'reaction', target: key('a'), by: asUserKey('bob'), emoji: '👍', on: true, at: at(2) },
    { type: 'receipt', receipt: 'read', by: 'me', upTo: key('a'), at: at(3) },
  );
  expect(scene.conversations()).toEqual([]);
  scene.tell(chat('a'));
  expect(scene.keyed('a').reactions).toEqual([{ emoji: '👍', count: 1, mine: false, by: ['bob'] }]);
  expect(scene.only().unread).toBe(0);
  expect(scene.store.sql.all('SELECT * FROM parked')).toEqual([]);
});

test('I-9: a move seen as an end here and a beginning there never loses the message, in either order', () => {
  for (const late of [true, false]) {
    const scene = new Scene('mail');
    scene.tell(mail('a'));
    const steps = [placed('a', 'inbox', false, 5, '1:a'), placed('a', 'archive', true, 5, '2:7')];
    for (const step of late ? steps : steps.toReversed()) scene.tell(step);
    expect(scene.only('done')).toMatchObject({ messages: 1, inInbox: false });
  }
});

test('I-9: a mail that is in no folder any more is hidden, and shows again when it is met again', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'), placed('a', 'inbox', false, 5, '1:a'));
  expect(scene.conversations()).toEqual([]);
  scene.tell(placed('a', 'archive', true, 6, '2:1'));
  expect(scene.only('done').messages).toBe(1);
});

test('I-9: a label the network no longer has ends what stood under it', () => {
  const scene = new Scene('mail');
  scene.tell(mail('a'), placed('a', 'work', true, 2, '3:1'));
  scene.tell({ type: 'label', key: label('work'), patch: { exists: false }, at: at(5) });
  expect(scene.keyed('a').labels).toHaveLength(1);
  expect(scene.store.query('lookup.refs', { account: scene.account, label: label('work') })).toEqual([]);
  expect(scene.store.query('labels', {}).map(({ name }) => name)).not.toContain('work');
});

test('I-10: what was removed stays removed, and its words are gone', () => {
  const scene = new Scene('chat');
  scene.tell({ type: 'removed', target: key('a'), at: at(2) }, chat('a', { at: at(5) }));
  expect(scene.keyed('a')).toMatchObject({ removed: true, parts: [] });
  expect(scene.only()).toMatchObject({ unread: 0, preview: '' });
  expect(scene.store.sql.get('SELECT 1 FROM bodies WHERE content LIKE ?', '%text of a%')).toBeUndefined();
});

test('I-11: reading up to a message reads all before it, and an older receipt takes nothing back', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a', { at: at(1) }), chat('b', { at: at(2) }), chat('c', { at: at(3) }));
  scene.tell({ type: 'receipt', receipt: 'read', by: 'me', upTo: key('b'), at: at(9) });
  scene.tell({ type: 'receipt', receipt: 'read', by: 'me', upTo: key('a'), at: at(10) });
  expect(scene.only().unread).toBe(1);
  scene.tell(chat('z', { at: at(0) }));
  expect(scene.only().unread).toBe(1);
});

test('I-12: my own, the system’s and removed messages are never unread', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a', { from: { is: 'me' } }), chat('b', { from: { is: 'system' } }), chat('c'));
  expect(scene.only()).toMatchObject({ messages: 3, unread: 1 });
});

test('I-13: in mail the inbox is the folder; elsewhere what is not put away, until somebody writes again', () => {
  const mailScene = new Scene('mail');
  mailScene.tell(mail('a', { placements: [{ label: label('archive') }] }));
  expect(mailScene.conversations('inbox')).toEqual([]);

  const scene = new Scene('chat');
  scene.tell(chat('a', { at: at(1) }));
  const { id } = scene.only('inbox');
  scene.store.now = at(5);
  scene.store.command('conversation.local', { conversations: [id], archived: true });
  expect(scene.conversations('inbox')).toEqual([]);
  scene.tell(chat('late', { at: at(2) }));
  expect(scene.conversations('inbox')).toEqual([]);
  scene.live(chat('new', { at: at(6) }));
  expect(scene.only('inbox').messages).toBe(3);
});

test('I-13: a muted conversation stays where it was put', () => {
  const scene = new Scene('chat');
  scene.tell(
    chat('a', { at: at(1) }),
    { type: 'conversation', key: asConversationKey('c1'), patch: { muted: true, archived: true }, at: at(2) },
    chat('b', { at: at(3) }),
  );
  expect(scene.conversations('inbox')).toEqual([]);
  expect(scene.conversations('unread')).toEqual([]);
  expect(scene.only('done').unread).toBe(2);
});

test('I-14: a message in spam or trash counts for nothing but spam or trash', () => {
  const scene = new Scene('mail');
  scene.tell(
    mail('a', { placements: [{ label: label('trash') }] }),
    mail('b', { placements: [{ label: label('spam') }] }),
  );
  expect(scene.conversations('all')).toEqual([]);
  expect(scene.only('trash').unread).toBe(0);
  expect(scene.only('spam').unread).toBe(1);
  expect(scene.conversations('unread')).toEqual([]);
});

test('I-15: the people of a conversation are the others, the last to write first', () => {
  const scene = new Scene('mail');
  const from = (name: string) => ({ is: 'user', key: asUserKey(`${name}@example.org`), name }) as const;
  scene.tell(
    mail('a', { at: at(1), from: from('ada'), recipients: [{ role: 'cc', key: asUserKey('cy@example.org') }] }),
    mail('b', { at: at(2), from: from('bob'), links: ['a'] }),
    mail('c', { at: at(3), from: { is: 'me' }, links: ['a'] }),
  );
  expect(scene.only()).toMatchObject({
    people: [{ name: 'bob' }, { name: 'ada' }, { name: 'cy@example.org' }],
    peopleCount: 3,
    lastFromMe: true,
  });
});

test('I-16: one address makes identities of several accounts one person', () => {
  const scene = new Scene('mail');
  const { account } = scene.store.command('account.save', {
    channel: 'other',
    inboxIsLabel: false,
    description: { key: asUserKey('@me'), label: 'Other', identities: [], config: {} },
  });
  scene.tell(mail('a'));
  scene.store.command('ingest', {
    account,
    batch: {
      origin: 'history',
      events: [
        {
          type: 'user',
          key: asUserKey('@ada'),
          patch: { name: 'Ada L.', addresses: ['MAILTO:Ada@Example.org'] },
          at: at(1),
        },
      ],
    },
  });
  const [person, ...others] = scene.store.query('people.find', { text: 'ada', limit: 10 });
  expect(others).toEqual([]);
  expect(person?.identities.map((identity) => identity.key).sort()).toEqual(['@ada', 'ada@example.org']);
});

test('I-17: only new, unread messages of others in the inbox are worth telling, and only live', () => {
  const scene = new Scene('mail');
  expect(scene.tell(mail('old')).arrivals).toEqual([]);
  const { arrivals } = scene.live(
    mail('old'),
    mail('a', { subject: 'Now', mentions: [{ key: asUserKey('me@example.org') }] }),
    mail('b', { flags: { read: true } }),
    mail('c', { from: { is: 'me' } }),
    mail('d', { placements: [{ label: label('spam') }] }),
  );
  expect(arrivals).toMatchObject([
    { author: 'Ada', title: 'Now', preview: 'text of a', mentionsMe: true, muted: false },
  ]);
});

test('V-4: what sleeps wakes on top at its time, or earlier when somebody writes', () => {
  const scene = new Scene('chat');
  scene.tell(chat('a', { at: at(1) }), chat('x', { at: at(20), conversation: 'c2' }));
  const id = scene.conversations()[1]?.id;
  if (id === undefined) throw new Error('no conversation');
  scene.store.now = at(30);
  scene.store.command('conversation.local', { conversations: [id], snoozedUntil: at(60) });
  expect(scene.only('snoozed').id).toBe(id);
  expect(scene.only('inbox').id).not.toBe(id);
  expect(scene.store.command('snooze.wake', { now: at(40) })).toMatchObject({ woken: [], nextAt: at(60) });
  expect(scene.store.command('snooze.wake', { now: at(61) })).toMatchObject({ woken: [id], nextAt: null });
  expect(scene.conversations('inbox').map((row) => row.id)[0]).toBe(id);

  scene.store.now = at(70);
  scene.store.command('conversation.local', { conversations: [id], snoozedUntil: at(99) });
  scene.live(chat('b', { at: at(71) }));
  expect(scene.conversations('snoozed')).toEqual([]);
  expect(scene.conversations('inbox')[0]?.snoozedUntil).toBeNull();
});

test('I-19: counts and names of reactions show as one, whichever comes first', () => {
  const named = (by: string, emoji: string, minutes: number, on = true): ChannelEvent => ({
    type: 'reaction',
    target: key('a'),
    by: by === 'me' ? 'me' : asUserKey(by),
    emoji,
    on,
    at: at(minutes),
  });
  const counted = (counts: Record<string, number>, minutes: number, mine?: string[]): ChannelEvent => ({
    type: 'reaction-counts',
    target: key('a'),
    counts: Object.entries(counts).map(([emoji, count]) => ({ emoji, count })),
    ...(mine && { mine }),
    at: at(minutes),
  });
  const shown = (...events: ChannelEvent[]) => {
    const [one, other] = [events, events.toReversed()].map((said) => {
      const scene = new Scene('chat');
      scene.tell(...said.slice(0, 1), chat('a'), ...said.slice(1), ...said);
      return scene
        .keyed('a')
        .reactions.map(({ emoji, count, mine, by }) => [emoji, count, mine, by.toSorted().join()].join(' '));
    });
    expect(other).toEqual(one);
    return one;
  };
  expect(shown(counted({ '👍': 12, '🔥': 3 }, 5, ['🔥']))).toEqual(['👍 12 false ', '🔥 3 true ']);
  // The larger of the two; what is not in the count is gone, with its names.
  expect(shown(named('bob', '👍', 5), named('eve', '👍', 5), counted({ '👍': 4 }, 5))).toEqual(['👍 4 false bob,eve']);
  expect(shown(named('bob', '👍', 2), named('eve', '🎉', 2), counted({ '👍': 4 }, 5))).toEqual(['👍 4 false bob']);
  expect(shown(named('bob', '👍', 2), counted({}, 5))).toEqual([]);
  expect(shown(counted({ '👍': 1 }, 5), named('bob', '👍', 7), named('eve', '👍', 8))).toEqual(['👍 2 false bob,eve']);
  // Somebody left meanwhile, nobody knows who: only those named again stand.
  const two = [named('bob', '👍', 2), named('eve', '👍', 2), named('ada', '👍', 5)];
  expect(shown(...two, counted({ '👍': 2 }, 5))).toEqual(['👍 2 false ada']);
  // My own: said by the count, put right by what I did since, kept where the count does not say.
  expect(shown(named('me', '👍', 2), counted({ '👍': 4 }, 5, []))).toEqual(['👍 4 false ']);
  expect(shown(named('me', '👍', 2), counted({ '👍': 4 }, 5))).toEqual(['👍 4 true ']);
  expect(shown(named('me', '👍', 7), counted({ '👍': 4 }, 5, []))).toEqual(['👍 5 true ']);
  expect(shown(named('me', '👍', 7, false), counted({ '👍': 4 }, 5, ['👍']))).toEqual(['👍 3 false ']);
  expect(shown(counted({ '👍': 4 }, 5), counted({ '👍': 3 }, 6), counted({ '👍': 9 }, 4))).toEqual(['👍 3 false ']);
  expect(shown(counted({ '👍': 3 }, 5), counted({ '👍': 3 }, 5, ['👍']))).toEqual(['👍 3 true ']);
  expect(shown(counted({ '👍': 3 }, 5), { type: 'removed', target: key('a'), at: at(6) })).toEqual([]);
});
