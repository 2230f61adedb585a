import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asBlobRef, asConversationKey, asMessageKey, asUserKey } from '../../../src-shared/ids.ts';
import type { Part } from '../../../src-shared/model/index.ts';
import { drawn } from '../../../src-shared/testing/drawn.ts';
import { Inbox, now } from './testing/inbox.ts';

const pdf = (name: string, bytes = 1000): Part => ({
  kind: 'document',
  media: { ref: asBlobRef('2'), mime: 'application/pdf', name, bytes },
});
let inbox: Inbox;
beforeAll(() => {
  inbox = new Inbox();
  inbox.letters([
    { text: 'The quarterly budget is ready', subject: 'Budget', from: 'anna@example.com', name: 'Anna Nowak' },
    { text: 'Żółć i gęś w Łodzi', from: 'basia@example.com', name: 'Basia Żak', starred: true },
    { text: 'A budget for the garden', subject: 'Garden', read: false, from: 'carl@example.net' },
    { text: 'See the attached', subject: 'Invoice 42', parts: [pdf('umowa-najmu.pdf', 3_000_000)], label: 'archive' },
    { text: 'Cheap budget watches', label: 'spam' },
    { text: 'Thrown budget', label: 'trash' },
    { text: 'Your receipt, no budget', label: 'receipts' },
    { text: 'I wrote about the quarterly plan', from: 'me', to: ['anna@example.com'], label: 'archive' },
    { text: '東京で会いましょう', age: 400 },
  ]);
  inbox.lines([
    { text: 'lunch budget?', room: 'kitchen' },
    { text: 'budget talk in the team', from: 'bob', room: 'team' },
    { text: 'my budget line', from: 'me', room: 'team' },
  ]);
});
afterAll(() => inbox.close());

describe('words', () => {
  it('find newest first over every channel, without spam and trash', async () => {
    expect(await inbox.found('budget ')).toEqual([
      'The quarterly budget is ready',
      'A budget for the garden',
      'Your receipt, no budget',
      'lunch budget?',
      'budget talk in the team',
      'my budget line',
    ]);
  });
  it.each([
    ['quarterly budget ', ['The quarterly budget is ready']],
    ['"budget quarterly"', []],
    ['"quarterly budget"', ['The quarterly budget is ready']],
    ['quart', ['The quarterly budget is ready', 'I wrote about the quarterly plan']],
    ['quart ', []],
    ['budget -garden -from:bob -from:me -lunch ', ['The quarterly budget is ready', 'Your receipt, no budget']],
    ['zolc ', ['Żółć i gęś w Łodzi']],
    ['ŁODZI ', ['Żółć i gęś w Łodzi']],
    ['会い', ['東京で会いましょう']],
    ['umowa ', ['umowa-najmu.pdf']],
  ])('%s', async (text, expected) => {
    expect(await inbox.found(text)).toEqual(expected);
  });
  it('are marked in the snippet', async () => {
    const { hits } = await inbox.search('lodzi ');
    expect(hits[0]?.snippet).toBe('Żółć i gęś w \uE000Łodzi\uE001');
  });
  it('go further with the cursor, each hit once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await inbox.search('budget ', { limit: 2, ...(cursor ? { cursor } : {}) });
      expect(page.hits.length).toBeLessThanOrEqual(2);
      seen.push(...page.hits.map(({ snippet }) => snippet));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });
  it('refuse a cursor that is none', async () => {
    await expect(inbox.search('budget ', { cursor: 'x:1' })).rejects.toThrow(RangeError);
  });
});

describe('operators', () => {
  const plan = 'I wrote about the quarterly plan';
  const anna = 'The quarterly budget is ready';
  const invoice = 'See the attached';
  it.each([
    ['from:nowak', [anna]],
    ['from:"anna nowak"', [anna]],
    ['from:carl@example.net ', ['A budget for the garden']],
    ['from:me', [plan, 'my budget line']],
    ['quarterly -from:me ', [anna]],
    ['to:anna@example.com ', [plan]],
    ['to:me quarterly ', [anna]],
    ['to:me channel:email quarterly ', [anna]],
    ['to:me channel:chat', []],
    ['-to:me channel:chat team ', ['budget talk in the team']],
    ['subject:invoice ', [invoice]],
    ['subject:attached ', []],
    ['body:attached ', [invoice]],
    ['filename:najmu ', ['umowa-najmu.pdf']],
    ['has:attachment', [invoice]],
    ['has:pdf', [invoice]],
    ['larger:2M', [invoice]],
    ['larger:5M', []],
    ['is:unread budget', ['A budget for the garden', 'lunch budget?', 'budget talk in the team']],
    ['is:read budget', [anna, 'Your receipt, no budget', 'my budget line']],
    ['is:starred', ['Żółć i gęś w Łodzi']],
    ['in:spam', ['Cheap budget watches']],
    ['in:trash budget ', ['Thrown budget']],
    ['in:anywhere cheap ', ['Cheap budget watches']],
    ['label:receipts', ['Your receipt, no budget']],
    ['in:Receipts', ['Your receipt, no budget']],
    ['label:nothing', []],
    ['channel:chat -from:me', ['lunch budget?', 'budget talk in the team']],
    ['account:home quarterly', [anna, plan]],
    ['channel:pigeon', []],
    ['is:direct', ['lunch budget?', 'budget talk in the team', 'my budget line']],
    ['is:channel budget ', []],
    ['before:2023-12-31', ['東京で会いましょう']],
    ['after:2024-06-14 ', [anna]],
    ['on:yesterday', [anna]],
    ['-after:2024-01-01', ['東京で会いましょう']],
  ])('%s', async (text, expected) => {
    expect((await inbox.found(text)).toSorted()).toEqual(expected.toSorted());
  });
  it('narrow to an account, a channel or a conversation chosen in the window', async () => {
    expect(await inbox.found('budget ', { account: inbox.chat })).toHaveLength(3);
    expect(await inbox.found('budget ', { channel: 'email' })).toHaveLength(3);
    const [hit] = (await inbox.search('talk ')).hits;
    expect(await inbox.found('budget ', { conversation: hit?.conversation })).toEqual([
      'budget talk in the team',
      'my budget line',
    ]);
  });
});

describe('what is to the person, in a chat', () => {
  it('is found once there is any, also by the account alone', async () => {
    const own = new Inbox();
    own.lines([{ text: 'to everybody' }]);
    expect(await own.found('to:me channel:chat')).toEqual([]);
    own.ingest(own.chat, [
      {
        type: 'message',
        message: {
          key: asMessageKey('named'),
          conversation: asConversationKey('room'),
          from: { is: 'user', key: asUserKey('ann') },
          recipients: [{ role: 'to', key: asUserKey('u-robin') }],
          at: now,
          parts: [{ kind: 'text', format: 'plain', text: 'to you' }],
        },
      },
    ]);
    expect(await own.found('to:me channel:chat')).toEqual(['to you']);
    expect(await own.found('to:me', { account: own.chat })).toEqual(['to you']);
    expect(await own.found('to:me', { account: own.mail })).toEqual([]);
    own.close();
  });
});

describe('a hit', () => {
  it('carries who, where and when', async () => {
    const { hits } = await inbox.search('invoice ');
    expect(hits).toMatchObject([
      { channel: 'email', account: inbox.mail, title: 'Invoice 42', author: 'ann@example.com', hasAttachment: true },
    ]);
  });
});

describe('facets', () => {
  it('count the newest hits by channel, account, person, year and attachment', async () => {
    const { facets } = await inbox.search('budget ', { facets: true });
    expect(facets).toMatchObject({
      channels: [
        { value: 'email', count: 3 },
        { value: 'chat', count: 3 },
      ],
      accounts: [
        { label: 'Home mail', count: 3 },
        { label: 'Team', count: 3 },
      ],
      years: [{ value: 2024, count: 6 }],
      withAttachment: 0,
      sampled: 6,
    });
    expect(facets?.people).toContainEqual({ value: 'carl@example.net', label: 'carl@example.net', count: 1 });
  });
});

describe('a filter that few of many hits pass', () => {
  let many: Inbox;
  beforeAll(() => {
    many = new Inbox();
    many.letters(
      Array.from({ length: 5000 }, (_, i) => ({
        text: `common ${i}`,
        age: i / 100,
        read: i % 400 !== 0 && i < 4613,
        starred: i > 4000 && i % 80 === 0,
      })),
    );
  });
  afterAll(() => many.close());
  it.each([
    ['is:starred common ', 12],
    ['is:unread common ', 399],
    ['is:starred -common ', 0],
    ['is:starred in:inbox ', 12],
    ['is:unread in:inbox common ', 399],
    ['is:starred', 12],
  ])('finds them all by its own index: %s', async (text, count) => {
    const ids: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await many.search(text, { limit: 7, ...(cursor ? { cursor } : {}) });
      ids.push(...page.hits.map(({ message }) => message));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(ids).toHaveLength(count);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  });
});

describe('any text', () => {
  const pieces = [
    '"',
    '*',
    '-',
    ':',
    '(',
    ')',
    ' ',
    '^',
    '+',
    'AND',
    'OR',
    'NEAR',
    'NOT',
    'in:',
    'from:',
    'budget',
    'ł',
    '東',
    '{',
    '\0',
    "'",
  ];
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join('')),
  );
  it('is searched without an error, newest first and by relevance', async () => {
    await fc.assert(
      fc.asyncProperty(typed, fc.constantFrom('newest', 'relevance'), async (text, order) => {
        const { hits } = await inbox.search(text, { order, facets: true });
        expect(hits.length).toBeLessThanOrEqual(50);
      }),
      { ...drawn, numRuns: 200 },
    );
  });
  it('may be very long', async () => {
    expect(await inbox.found('budget '.repeat(280))).toHaveLength(6);
    expect(await inbox.found(Array.from({ length: 400 }, (_, i) => `-w${i}`).join(' '))).not.toHaveLength(0);
  });
});
