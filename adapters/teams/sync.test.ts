import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cast } from '../../tests/simulators/_base/index.ts';
import { idOf, type Stored } from '../../tests/simulators/microsoft/teams/index.ts';
import { conversationKey, userKey } from './ids.ts';
import { type Lived, own, sending, teamsWorld } from './testing/world.ts';

let world: Lived;
beforeEach(async () => {
  world = await teamsWorld();
});
afterEach(() => world.stop());

/** Every message as the network has it, and as it is here: which, its last words, who reacted how, and whether it is gone. */
const there = () =>
  world.network.messages
    .map((one) => {
      const marks = one.deletedAt ? [] : one.reactions.map(({ by, type }) => `${by === own ? 'me' : by} ${type}`);
      return `${world.keyOf(one)} ${one.deletedAt !== undefined} ${marks.toSorted().join()}`;
    })
    .toSorted();
const here = () =>
  world.memory.messages
    .map(({ key }) => {
      const gone = world.memory.isRemoved(key);
      return `${key} ${gone} ${gone ? '' : world.memory.reactionsOf(key).toSorted().join()}`;
    })
    .toSorted();
const same = () => here().join('\n') === there().join('\n');
const wordsOf = (message: Stored): string => JSON.stringify(world.memory.content(world.keyOf(message))?.parts ?? []);
const group = () => {
  const found = world.network.chats.find(({ type }) => type === 'group');
  if (!found) throw new Error('no group');
  return found;
};
const channel = () => {
  const [found] = world.network.channels;
  if (!found) throw new Error('no channel');
  return found;
};
const some = (place: string, fits: (one: Stored) => boolean = () => true): Stored => {
  const found = world.network.messages.find((one) => one.place === place && one.by !== undefined && fits(one));
  if (!found) throw new Error('no such message');
  return found;
};
const ines = idOf(cast[0] ?? never());
function never(): never {
  throw new Error('an empty cast');
}

describe('history', () => {
  it('comes whole from chats of every kind and channels with their answers, chats newest first', async () => {
    const { settle, record } = world.open();
    const times = await settle(5);
    expect(here()).toEqual(there());
    expect(world.network.messages.some(({ root }) => root !== undefined)).toBe(true);
    for (const [scope, mine] of times) if (!scope.includes('/')) expect(mine).toEqual(mine.toSorted((a, b) => b - a));
    const kinds = world.network.chats.map(({ id }) => world.memory.fact('conversation', id, 'kind'));
    expect(new Set(kinds)).toEqual(new Set(['direct', 'group']));
    const key = conversationKey(world.placeOf({ place: channel().id }));
    expect(world.memory.fact('conversation', key, 'parent')).toBe('Northwind');
    expect(world.memory.fact('conversation', key, 'members')).toHaveLength(channel().members.length - 1);
    expect(record.batches.flatMap(({ origin, events }) => (origin === 'live' ? events : []))).toEqual([]);
  });

  it('is not over because a page is short, or empty', async () => {
    world.network.largestPage = 2;
    const { id } = group();
    const again = `${world.microsoft.address}/v1.0/chats/${id}/messages?$top=5&$orderby=createdDateTime%20desc`;
    const change = (body: string) => JSON.stringify({ ...JSON.parse(body), value: [], '@odata.nextLink': again });
    const path = new RegExp(`${encodeURIComponent(id)}/messages$`);
    world.microsoft.faults.arm({ path, method: 'GET' }, { is: 'spoilt', change });
    await world.open().settle(5);
    expect(world.microsoft.faults.waiting).toBe(0);
    expect(here()).toEqual(there());
  });

  it('has every message of a moment in which more were written than fit a page', async () => {
    const at = world.clock.now() - 7_200_000;
    for (let count = 0; count < 12; count++) world.network.post(group().id, { by: ines, at, html: `<p>${count}</p>` });
    await world.open().settle(5);
    expect(here()).toEqual(there());
  });

  it('of a thread with more answers than come along is fetched to its end', async () => {
    const first = some(channel().id, ({ root }) => root === undefined);
    for (let count = 0; count < 1030; count++)
      world.network.post(channel().id, { by: ines, at: first.at + 1 + count, html: '<p>yes</p>', root: first.id });
    await world.open().settle();
    expect(here()).toEqual(there());
  });
});

describe('what is new', () => {
  it('is told as live, once: said in a chat, in a channel, in a thread, and in a chat begun just now', async () => {
    const { settle, record } = world.open();
    await settle();
    const { network } = world;
    const first = some(channel().id, ({ root }) => root === undefined);
    const begun = network.addChat('oneOnOne', [idOf(cast[3] ?? never())]);
    const said = [
      network.post(group().id, { by: ines, html: '<p>In a chat</p>' }),
      network.post(channel().id, { by: ines, html: '<p>In a channel</p>' }),
      network.post(channel().id, { by: ines, html: '<p>In a thread</p>', root: first.id }),
      network.post(begun.id, { by: begun.members[1], html: '<p>Hello</p>' }),
    ];
    await world.until(same);
    const told = record.batches
      .filter(({ origin }) => origin === 'live')
      .flatMap(({ events }) => events.flatMap((event) => (event.type === 'message' ? [event.message.key] : [])));
    expect(told.toSorted()).toEqual(said.map(world.keyOf).toSorted());
    expect(world.memory.fact('conversation', begun.id, 'members')).toEqual([begun.members[1]]);
    expect(world.memory.fact('user', String(begun.members[1]), 'name')).toBe(cast[3]?.name);
  });

  it('shows what a policy blocks as blocked, with the reason, and shows it again when that is overridden', async () => {
    await world.open().settle();
    const { network } = world;
    const both = [group(), channel()].map(({ id }) => some(id, ({ by, root }) => by !== own && root === undefined));
    const policyTip = { generalText: 'No card numbers.', matchedConditionDescriptions: ['Credit Card Number'] };
    const said = both.map(wordsOf);
    for (const one of both) network.judge(one, { dlpAction: 'notifySender,blockAccess', policyTip });
    const line =
      'This message was blocked by a policy of the organisation. No card numbers. Found: Credit Card Number.';
    const parts = JSON.stringify([{ kind: 'system', event: 'blocked', text: line }]);
    await world.until(() => both.every((one) => wordsOf(one) === parts));
    for (const one of both) network.judge(one, { dlpAction: 'blockAccess', userAction: 'override', policyTip });
    await world.until(() => both.every((one, index) => wordsOf(one) === said[index]));
  });

  it('follows edits, reactions given and taken back, and deletions', async () => {
    await world.open().settle();
    const { network } = world;
    const [one, other] = [some(group().id), some(channel().id, ({ root }) => root === undefined)];
    for (const message of [one, other]) {
      network.edit(message, { html: '<p>Said anew</p>' });
      network.react(message, '🎉', ines, true);
      network.react(message, 'like', own, true);
    }
    const both = () => [one, other].every((message) => wordsOf(message).includes('Said anew'));
    await world.until(
      () =>
        both() &&
        world.memory.reactionsOf(world.keyOf(one)).includes(`${ines} 🎉`) &&
        world.memory.reactionsOf(world.keyOf(other)).includes('me 👍'),
    );
    for (const message of [one, other]) {
      network.react(message, '🎉', ines, false);
      network.react(message, 'like', own, false);
    }
    await world.until(() =>
      [one, other].every((message) =>
        world.memory.reactionsOf(world.keyOf(message)).every((mark) => !mark.includes('🎉') && !mark.includes('me')),
      ),
    );
    network.remove(one);
    network.remove(other);
    await world.until(() => [one, other].every((message) => world.memory.isRemoved(world.keyOf(message))));
  });

  it('knows how far was read on another device', async () => {
    const { settle, record } = world.open();
    await settle();
    const last = world.network.post(group().id, { by: ines, html: '<p>Read me</p>' });
    await world.until(same);
    world.network.markRead(group());
    const read = () =>
      record.batches.some(({ events }) =>
        events.some((event) => event.type === 'receipt' && event.by === 'me' && event.upTo === world.keyOf(last)),
      );
    await world.until(read);
  });

  it('looks where Teams shows something late, though later changes there were told already', async () => {
    const many = await teamsWorld({ talks: 40, messages: 80 });
    try {
      const { session, settle } = many.open();
      await settle();
      const chats = many.network.chats.filter(({ members }) => members.includes(ines));
      const { id } = chats.at(-1) ?? never();
      const first = many.network.post(id, { by: ines, html: '<p>In time</p>' });
      await many.until(() => many.memory.message(many.keyOf(first)) !== undefined);
      many.network.react(first, '🚀', ines, true);
      session.focus?.(conversationKey({ is: 'chat', chat: id }));
      await many.until(() => many.memory.reactionsOf(many.keyOf(first)).length > 0);
      session.focus?.(undefined);
      const late = many.network.post(id, { by: ines, html: '<p>Late</p>', at: first.modifiedAt - 1 });
      const looks = () => many.microsoft.seen.filter(({ path }) => path.endsWith('/me/chats')).length;
      const before = looks();
      await many.until(() => many.memory.message(many.keyOf(late)) !== undefined);
      expect(looks() - before).toBeLessThanOrEqual(1);
    } finally {
      await many.stop();
    }
  });

  it('tells who is there', async () => {
    const { settle, record } = world.open();
    await settle();
    const [, other = ''] = world.network.chats.find(({ type }) => type === 'oneOnOne')?.members ?? [];
    world.network.setPresence(other, 'DoNotDisturb');
    const busy = () =>
      record.batches.some(({ events }) =>
        events.some((event) => event.type === 'presence' && event.by === userKey(other) && event.state === 'busy'),
      );
    await world.until(busy);
  });

  it('shows what changed in a chat as soon as it is opened, however shortly after a look', async () => {
    const { session, settle } = world.open();
    await settle();
    const one = some(group().id);
    const looks = () => world.microsoft.seen.filter(({ path }) => path.endsWith('/me/chats')).length;
    const before = looks();
    await world.until(() => looks() > before);
    await world.until(() => session.standing?.().nextLookAt !== undefined);
    const [at, then] = [world.clock.now(), looks()];
    world.network.react(one, '🚀', ines, true);
    session.focus?.(conversationKey({ is: 'chat', chat: group().id }));
    await world.until(() => looks() > then);
    // By itself it would look five seconds after the last one.
    expect(world.clock.now() - at).toBeLessThanOrEqual(3000);
    await world.until(() => world.memory.reactionsOf(world.keyOf(one)).includes(`${ines} 🚀`));
  });

  it('knows everybody in a large chat, of whom the list of chats tells twenty-five', async () => {
    const strangers = Array.from({ length: 40 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    const large = world.network.addChat('group', [ines, ...strangers], 'Everybody at the quay');
    world.network.post(large.id, { by: ines, html: '<p>So many</p>' });
    await world.open().settle();
    const members = () => world.memory.fact('conversation', large.id, 'members');
    expect(members()).toHaveLength(41);
    const asked = () => world.microsoft.seen.filter(({ path }) => path.endsWith('/members')).length;
    const [before, looks] = [asked(), world.microsoft.seen.length];
    await world.until(() => world.microsoft.seen.length > looks + 20);
    expect(asked()).toBe(before);
  });

  it('says that a chat one has left cannot be written in', async () => {
    await world.open().settle();
    const { id } = group();
    world.network.leave(id);
    await world.until(() =>
      JSON.stringify(world.memory.fact('conversation', id, 'limits')).includes('not in this chat'),
    );
  });
});

describe('after a time away', () => {
  it('everything that happened is told: said, edited, answered, reacted to, deleted', async () => {
    const first = world.open();
    await first.settle();
    await first.session.disconnect();
    const { network } = world;
    const root = some(channel().id, (one) => one.root === undefined);
    const [one, other] = [some(group().id), some(group().id, (message) => message !== some(group().id))];
    network.edit(one, { html: '<p>Edited away</p>' });
    network.remove(other);
    network.post(channel().id, { by: ines, html: '<p>Answered away</p>', root: root.id });
    for (let count = 0; count < 120; count++) network.post(group().id, { by: ines, html: `<p>Away ${count}</p>` });
    network.react(root, '❤️', ines, true);
    await world.passing(world.open().session.connect(new AbortController().signal));
    await world.until(() => same() && wordsOf(one).includes('Edited away'));
  });

  it('a chat in which more happened than is caught up with begins its history anew', async () => {
    const first = world.open();
    await first.settle();
    await first.session.disconnect();
    for (let count = 0; count < 620; count++) world.network.post(group().id, { by: ines, html: `<p>${count}</p>` });
    const second = world.open();
    await second.settle();
    const gaps = second.record.batches.flatMap(({ events }) => events.filter(({ type }) => type === 'gap'));
    expect(gaps).toEqual([{ type: 'gap', scope: group().id }]);
    expect(here()).toEqual(there());
  });

  it('a channel Teams has forgotten the state of is compared, and its history begins anew', async () => {
    const first = world.open();
    await first.settle();
    world.microsoft.teams.deltas.forget();
    world.network.post(channel().id, { by: ines, html: '<p>Forgotten?</p>' });
    await world.until(same);
    const gaps = first.record.batches.flatMap(({ events }) => events.filter(({ type }) => type === 'gap'));
    expect(gaps).toEqual([{ type: 'gap', scope: conversationKey(world.placeOf({ place: channel().id })) }]);
  });
});

describe('trouble', () => {
  it('obeys 429 and outlasts 503, 500, a cut and slowness, without losing or doubling anything', async () => {
    const { faults, seen } = world.microsoft;
    const { settle, record } = world.open();
    await settle();
    const patience = {
      status: 429,
      headers: { 'retry-after': '7' },
      json: { error: { code: 'TooManyRequests', message: 'Wait.' } },
    };
    faults.arm({ path: /me\/chats$/ }, { is: 'answer', reply: patience });
    const asked = () => seen.filter(({ path }) => path.endsWith('/me/chats')).length;
    await world.until(() => faults.waiting === 0);
    const [before, at] = [asked(), world.clock.now()];
    await world.until(() => asked() > before);
    expect(world.clock.now() - at).toBeGreaterThanOrEqual(6000);
    faults.arm({ path: /messages$/, method: 'GET' }, { is: 'answer', reply: { status: 500, json: {} } });
    faults.arm({ path: /delta$/ }, { is: 'cut-mid-body' });
    faults.arm(
      { path: /me\/chats$/ },
      { is: 'answer', reply: { status: 503, headers: { 'retry-after': '2' }, json: {} } },
    );
    faults.arm(
      { path: /me\/chats$/, after: 1 },
      { is: 'spoilt', change: (body) => body.replaceAll('"id":', '"odd":') },
    );
    world.network.post(group().id, { by: ines, html: '<p>Through it all</p>' });
    world.network.post(channel().id, { by: ines, html: '<p>And here</p>' });
    await world.until(() => same() && faults.waiting === 0);
    expect(record.states.at(-1)).toEqual({ is: 'online' });
  });

  it('renews a token that ran out, and asks for a login when access was taken back, keeping everything', async () => {
    const { settle, record } = world.open();
    await settle();
    world.microsoft.grants.expire();
    world.network.post(group().id, { by: ines, html: '<p>With a new token</p>' });
    await world.until(same);
    const before = here();
    world.microsoft.grants.revoke();
    await world.until(() => record.states.at(-1)?.is === 'needs-login');
    expect(here()).toEqual(before);
  });

  it('keeps a message it cannot read as Teams told it, and all the others', async () => {
    const change = (body: string) => {
      const page: { value: Record<string, unknown>[] } = JSON.parse(body);
      page.value.forEach((one, index) => {
        if (index === 0) one.body = 'nonsense';
        if (index === 1) delete one.id;
      });
      return JSON.stringify(page);
    };
    const { session, record } = world.open();
    const { signal } = new AbortController();
    await world.passing(session.connect(signal));
    const { id } = group();
    const path = new RegExp(`${encodeURIComponent(id)}/messages$`);
    world.microsoft.faults.arm({ path, method: 'GET' }, { is: 'spoilt', change });
    const page = await world.passing(session.backfill.fetch({ scope: id, cursor: undefined, limit: 50, signal }));
    await record.context.emit({ events: page.events, origin: 'history' });
    expect(world.microsoft.faults.waiting).toBe(0);
    expect(world.memory.messages).toHaveLength(world.network.within(id).length);
    const odd = world.memory.messages.filter(({ parts }) => parts[0]?.kind === 'unsupported');
    expect(odd.map(({ raw }) => Object.keys(raw ?? {}))).toEqual([['body'], ['damaged']]);
  });

  it('lets a chat that is listed and closed be, and goes on with the others', async () => {
    const { settle, record } = world.open();
    await settle();
    const { id } = group();
    const path = new RegExp(`${encodeURIComponent(id)}/messages$`);
    const reply = { status: 403, json: { error: { code: 'Forbidden', message: 'Not a member of the conversation.' } } };
    world.microsoft.faults.arm({ path, times: 1000 }, { is: 'answer', reply });
    world.network.post(id, { by: ines, html: '<p>Closed</p>' });
    const asked = () => world.microsoft.seen.filter((one) => path.test(one.path)).length;
    const before = asked();
    const last = world.network.post(channel().id, { by: ines, html: '<p>Open</p>' });
    await world.until(() => world.memory.message(world.keyOf(last)) !== undefined);
    const looks = () => world.microsoft.seen.filter((one) => one.path.endsWith('/me/chats')).length;
    const then = looks();
    await world.until(() => looks() > then + 5);
    expect(asked() - before).toBe(1);
    expect(record.states.at(-1)).toEqual({ is: 'online' });
  });

  it('says when it looks next, and what is left of the allowances', async () => {
    const { session, settle } = world.open();
    await settle();
    await world.until(() => session.standing?.().nextLookAt !== undefined);
    const { nextLookAt = 0, allowances = [] } = session.standing?.() ?? {};
    expect(nextLookAt - world.clock.now()).toBeGreaterThan(0);
    expect(nextLookAt - world.clock.now()).toBeLessThanOrEqual(60_000);
    expect(allowances.map(({ rule }) => rule)).toContain('Requests to Teams');
    await world.passing(
      session.react.set({ message: world.keyOf(some(group().id)), conversation: undefined }, '👍', true, sending('r')),
    );
    expect(session.standing?.().allowances).toContainEqual(expect.objectContaining({ of: group().topic, limit: 4 }));
  });
});

describe('without an administrator', () => {
  it('there are chats and no channels, and nothing asks for them', async () => {
    const alone = await teamsWorld({ channels: false });
    try {
      const { settle, record } = alone.open();
      await settle();
      const channels = new Set(alone.network.channels.map(({ id }) => id));
      const mine = alone.network.messages.filter(({ place }) => !channels.has(place)).map(alone.keyOf);
      expect(alone.memory.messages.map(({ key }) => key).toSorted()).toEqual(mine.toSorted());
      expect(alone.microsoft.seen.filter(({ path }) => path.includes('/teams'))).toEqual([]);
      expect(record.states.at(-1)).toEqual({ is: 'online' });
    } finally {
      await alone.stop();
    }
  });
});
