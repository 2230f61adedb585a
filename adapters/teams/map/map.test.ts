import { describe, expect, it } from 'vitest';
import { ChannelEvent, type IncomingMessage } from '../../../src-shared/model/index.ts';
import { chance } from '../../../tests/simulators/_base/index.ts';
import { spoilOne } from '../../_kit/testing/spoil.ts';
import chats from '../fixtures/chats.json' with { type: 'json' };
import messages from '../fixtures/messages.json' with { type: 'json' };
import system from '../fixtures/system.json' with { type: 'json' };
import { type Place, userKey } from '../ids.ts';
import { ownEmoji } from '../text/own-emoji.ts';
import { Chat, Message } from '../wire.ts';
import { messageEvents, see } from './message.ts';
import { marksOf, ownReactions } from './reactions.ts';
import { chatPatch, memberEvents } from './setting.ts';
import { durationMs } from './system.ts';

const chat: Place = { is: 'chat', chat: '19:2da4c29f6d7041eca70b638b43d45437@thread.v2' };
const channel: Place = {
  is: 'channel',
  team: 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b',
  channel: '19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2',
};
const robin = userKey('8ea0e38b-efb3-4757-924a-5f94061cf8c2');
const adele = '1fb8890f-423e-4154-8fbf-db6809bc8756';
const names = new Map([['06a5b888-ad96-455e-88ef-c059ec4e4cf0', 'Lidia']]);
const eventsOf = (place: Place, raw: unknown, me = 'me') =>
  messageEvents(place, see(place, raw), { me, name: (key) => names.get(key) }, 1_600_000_000_000);
function told(place: Place, raw: unknown, me?: string): IncomingMessage {
  const event = eventsOf(place, raw, me).find(({ type }) => type === 'message');
  if (event?.type !== 'message') throw new Error('no message was told');
  return event.message;
}
const holding = (html: string, more: object = {}) =>
  told(chat, { ...messages.plain, body: { contentType: 'html', content: html }, ...more });
const attached = (contentType: string, content: object | string, more: object = {}) =>
  told(chat, {
    ...messages.plain,
    attachments: [
      { id: 'a1', contentType, content: typeof content === 'string' ? content : JSON.stringify(content), ...more },
    ],
  });

describe('a message', () => {
  it('is known by its chat and id, and introduces who wrote it', () => {
    expect(eventsOf(chat, messages.plain)).toEqual([
      { type: 'user', key: robin, patch: { name: 'Robin Kline' }, at: 1_616_964_509_832 },
      {
        type: 'message',
        message: {
          key: `${chat.is === 'chat' ? chat.chat : ''}|1616964509832`,
          conversation: '19:2da4c29f6d7041eca70b638b43d45437@thread.v2',
          from: { is: 'user', key: robin },
          at: 1_616_964_509_832,
          order: '0001616964509832',
          parts: [{ kind: 'text', format: 'plain', text: 'Hello world' }],
        },
      },
    ]);
    expect(told(chat, messages.plain, robin).from).toEqual({ is: 'me', key: robin });
  });

  it('in a thread of a channel names its first message; in a chat it names what it quotes', () => {
    expect(told(channel, messages.reply)).toMatchObject({
      key: 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b/19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2|1616989510408/1616989753153',
      threadRoot: 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b/19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2|1616989510408',
    });
    const quoting = attached('messageReference', { messageId: '1616964509000', messagePreview: 'x' });
    expect(quoting.replyTo).toBe('19:2da4c29f6d7041eca70b638b43d45437@thread.v2|1616964509000');
  });

  it('says who is mentioned, and that everybody means the reader', () => {
    const message = told(channel, messages.mention, 'ef1c916a-3135-4417-ba27-8eb7bd084193');
    expect(message.parts).toEqual([{ kind: 'text', format: 'plain', text: 'Hello World @Jane Smith' }]);
    expect(message.mentions).toEqual([{ key: 'ef1c916a-3135-4417-ba27-8eb7bd084193', name: 'Jane Smith', me: true }]);
    const all = {
      id: 0,
      mentionText: 'General',
      mentioned: { conversation: { id: 'x', conversationIdentityType: 'channel' } },
    };
    expect(told(channel, { ...messages.mention, mentions: [all] }).mentions).toEqual([{ key: 'me', me: true }]);
  });

  it('has the pictures Teams keeps, and the files that lie elsewhere', () => {
    expect(told(chat, messages.picture).parts).toMatchObject([
      { kind: 'image', media: { ref: expect.stringMatching(/^hosted:aWQ9eF8wLXd1/), inline: true } },
    ]);
    expect(told(channel, messages.file).parts).toMatchObject([
      { kind: 'text', text: "Here's the latest budget." },
      {
        kind: 'document',
        media: {
          ref: 'file:153fa47d-18c9-4179-be08-9879815a9f90',
          name: 'Budget.docx',
          mime: expect.stringContaining('wordprocessingml'),
        },
      },
    ]);
  });

  it('that was edited has the time of the edit as its version, and one that was deleted that of the deletion', () => {
    const edited = { lastEditedDateTime: '2021-03-28T21:00:00Z', lastModifiedDateTime: '2021-03-28T21:00:01Z' };
    expect(holding('<p>New</p>', edited)).toMatchObject({ version: 1_616_965_200_000, editedAt: 1_616_965_200_000 });
    const gone = told(chat, { ...messages.plain, deletedDateTime: '2021-03-28T22:00:00Z' });
    expect(gone).toMatchObject({ version: 1_616_968_800_000, parts: [{ kind: 'system', event: 'removed' }] });
  });

  it('is read from its HTML, with its marks where it has any', () => {
    const text = (html: string) => holding(html).parts[0];
    expect(text('<p>One</p><p>Two&nbsp;<emoji id="smile" alt="🙂" title="Smile"></emoji></p>')).toEqual({
      kind: 'text',
      format: 'plain',
      text: 'One\nTwo 🙂',
    });
    expect(text('<p><strong>Bold </strong>and <em>thin</em>, <s>gone</s> &amp; 2 * 3 &lt; 7</p>')).toEqual({
      kind: 'text',
      format: 'markdown',
      text: '**Bold** and _thin_, ~~gone~~ & 2 \\* 3 \\< 7',
      plain: 'Bold and thin, gone & 2 * 3 < 7',
    });
    expect(text('<ul><li>a</li><li>b</li></ul><blockquote>said</blockquote>')).toMatchObject({
      text: expect.stringMatching(/^ ?- a\n ?- b\n\n> said$/),
    });
    expect(text('<p>See <a href="https://a.example/x?y=1">there</a> or <code>a*b</code></p>')).toMatchObject({
      text: 'See [there](<https://a.example/x?y=1>) or `a*b`',
      plain: 'See there (https://a.example/x?y=1) or a*b',
    });
    expect(text('<codeblock class="TypeScript"><code>let a = 1;<br>a *= 2;</code></codeblock>')).toMatchObject({
      text: expect.stringContaining('```'),
    });
    expect(text('<a href="javascript:alert(1)">here</a>')).toEqual({ kind: 'text', format: 'plain', text: 'here' });
  });

  it('that a policy blocks is shown to who wrote it, and to others as far as the policy lets them read', () => {
    const seen = (dlpAction: unknown, me?: string, content = 'My card') => {
      const { parts, from } = told(
        chat,
        { ...messages.plain, body: { contentType: 'html', content }, policyViolation: { dlpAction, policyTip: null } },
        me,
      );
      expect(from.is).toBe(me === undefined ? 'user' : 'me');
      return parts.map((part) => (part.kind === 'system' ? part.text : part.kind));
    };
    const blocked = 'This message was blocked by a policy of the organisation.';
    expect(seen('BlockAccess')).toEqual([blocked]);
    expect(seen('blockAccess', robin)).toEqual([blocked, 'text']);
    expect(seen('blockAccessExternal')).toEqual(['text']);
    expect(seen('blockAccessExternal', undefined, '')).toEqual([blocked]);
    expect(seen('blockAccessExternal', robin)).toEqual([
      'This message was blocked for people outside of your organisation.',
      'text',
    ]);
    for (const harmless of ['none', 'notifySender', '', 7]) expect(seen(harmless)).toEqual(['text']);
    const policyViolation = { dlpAction: 'blockAccess', policyTip: null };
    expect(told(chat, { ...messages.plain, policyViolation })).toMatchObject({
      raw: { policyViolation: { dlpAction: 'blockAccess' } },
    });
  });

  it('that was forwarded says whose it was', () => {
    const forwarded = attached('forwardedMessageReference', {
      originalMessageId: '1727810802267',
      originalMessageContent: '<p>First</p>',
      originalSentDateTime: '2024-10-01T19:26:42.267+00:00',
      originalMessageSender: { user: { id: 'x', displayName: 'Adele Vance' } },
    });
    expect(forwarded.forwardedFrom).toEqual({ name: 'Adele Vance', at: 1_727_810_802_267 });
    expect(forwarded.parts.at(-1)).toMatchObject({ text: 'First' });
  });

  it('shows the words of a card, and keeps the card', () => {
    const card = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Build failed' }] };
    const message = attached('application/vnd.microsoft.card.adaptive', card);
    const shown = { kind: 'template', name: 'card: adaptive', text: 'Build failed', parameters: {} };
    expect(message.parts.at(-1)).toEqual(shown);
    expect(message.raw).toHaveProperty('attachments');
    const nothing = attached('application/vnd.microsoft.card.adaptive', { type: 'AdaptiveCard', body: [] });
    expect(nothing.parts.at(-1)).toEqual({ kind: 'unsupported', what: 'card: adaptive' });
  });

  it('shows a card as it is read: facts, columns, what can be filled in, and its buttons', () => {
    const button = (title: string, more: object) => ({ type: 'Action.OpenUrl', title, ...more });
    const adaptive = {
      type: 'AdaptiveCard',
      body: [
        { type: 'TextBlock', text: 'Build 41 failed', weight: 'bolder' },
        { type: 'TextBlock', text: 'For programs only', isVisible: false },
        { type: 'RichTextBlock', inlines: ['On ', { type: 'TextRun', text: 'main' }] },
        { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'TextBlock', text: 'Left' }] }] },
        { type: 'Image', url: 'https://tracker.example/p.png', altText: 'none' },
        { type: 'FactSet', facts: [{ title: 'Branch', value: 'main' }] },
        { type: 'Input.Text', id: 'why', label: 'Why?', value: '' },
        { type: 'ActionSet', actions: [button('Retry', { type: 'Action.Submit' })] },
      ],
      actions: [button('Log', { url: 'https://ci.example/41' }), button('Odd', { url: 'javascript:alert(1)' })],
    };
    const [template, buttons] = attached('application/vnd.microsoft.card.adaptive', adaptive).parts.slice(-2);
    const words = 'Build 41 failed\nOn main\nLeft\nBranch: main\nWhy?';
    expect(template).toMatchObject({ kind: 'template', text: words });
    const told = buttons?.kind === 'buttons' ? buttons.buttons : [];
    expect(told.map(({ label, action, value }) => [label, action, value])).toEqual([
      ['Retry', 'other', undefined],
      ['Log', 'url', 'https://ci.example/41'],
      ['Odd', 'other', undefined],
    ]);
    const connector = {
      title: 'Deployed',
      sections: [{ activityTitle: 'Ewa', facts: [{ name: 'To', value: 'test' }] }],
      potentialAction: [{ '@type': 'OpenUri', name: 'See', targets: [{ os: 'default', uri: 'https://ci.example/' }] }],
    };
    const older = attached('application/vnd.microsoft.teams.card.o365connector', connector).parts.slice(-2);
    expect(older).toMatchObject([
      { kind: 'template', name: 'card: o365connector', text: 'Deployed\nEwa\nTo: test' },
      { kind: 'buttons', buttons: [{ label: 'See', action: 'url', value: 'https://ci.example/' }] },
    ]);
    const hero = {
      title: 'Hi',
      text: 'There',
      buttons: [{ type: 'openUrl', title: 'Go', value: 'https://a.example/' }],
    };
    expect(attached('application/vnd.microsoft.card.hero', hero).parts.slice(-2)).toMatchObject([
      { text: 'Hi\nThere' },
      { buttons: [{ label: 'Go', value: 'https://a.example/' }] },
    ]);
  });
});

describe('what happened by itself', () => {
  it.each([
    [system.membersAdded, { kind: 'system', event: 'member-joined', text: 'Somebody added Lidia, Somebody.' }],
    [system.membersLeft, { kind: 'system', event: 'member-left', text: 'Alex (Guest) left.' }],
    [system.chatRenamed, { kind: 'system', event: 'renamed', text: 'You named the chat “Microsoft Teams Members”.' }],
    [system.callStarted, { kind: 'system', event: 'call-started', text: 'You started a call.' }],
    [
      system.callEnded,
      { kind: 'call', direction: 'outgoing', media: 'audio', outcome: 'answered', durationMs: 59_000 },
    ],
    [
      system.roleUpdated,
      { kind: 'system', event: 'conversationMemberRoleUpdated', text: 'conversation member role updated' },
    ],
  ])('is a row of its own', (raw, part) => {
    const message = told(chat, raw, raw === system.membersAdded ? 'me' : adele);
    expect(message.parts).toEqual([part]);
    expect(message.from).toEqual({ is: 'system' });
  });

  it('tells of a recording with a way to it, and of a call one was not in as missed', () => {
    expect(told(channel, system.callRecording).parts[1]).toMatchObject({
      kind: 'link-preview',
      title: 'Meeting Recording.mp4',
    });
    expect(told(channel, system.callEnded).parts[0]).toMatchObject({ direction: 'incoming', outcome: 'missed' });
  });

  it('is dated by its id where the date is not one', () => {
    expect(told(chat, system.callStarted).at).toBe(1_615_943_825_123);
    expect([durationMs('PT40M19.26S'), durationMs('PT1H'), durationMs('P1D'), durationMs(undefined)]).toEqual([
      2_419_260,
      3_600_000,
      undefined,
      undefined,
    ]);
  });
});

describe('reactions', () => {
  it('are one for each person and emoji, whatever Teams calls them', () => {
    const user = { user: { id: 'ABC', displayName: null } };
    const reactions = [
      { reactionType: 'like', createdDateTime: '2021-03-28T21:00:00Z', user },
      { reactionType: '🎉', createdDateTime: '2021-03-28T21:00:00Z', user },
      { reactionType: 'custom', displayName: 'party-parrot', user },
      { reactionType: 'heart', user: {} },
      7,
    ];
    const marks = marksOf(Message.parse({ ...messages.plain, reactions }));
    expect(marks.map(({ mark }) => mark)).toEqual([':party-parrot: abc', '🎉 abc', '👍 abc']);
  });

  it('shows emoji the organisation has drawn as their pictures, in its words and as reactions', () => {
    const place: Place = { is: 'chat', chat: '19:bcf84b15c2994a909770f7d05bc4fe16@thread.v2' };
    const inWords = expect.stringMatching(
      /^hosted:aWQ9LHR5cGU9MSx1[\w=]+ 19:bcf84b15c2994a909770f7d05bc4fe16@thread\.v2\|1706638496169$/,
    );
    expect(told(place, messages.ownEmoji).parts).toEqual([
      {
        kind: 'text',
        format: 'markdown',
        text: 'I am looking 👀:microsoft\\_teams:',
        plain: 'I am looking 👀:microsoft_teams:',
        emoji: [{ text: ':microsoft_teams:', media: { ref: inWords, mime: 'image/png', inline: true } }],
      },
    ]);
    const message = Message.parse(messages.ownEmoji);
    expect(marksOf(message).map(({ mark }) => mark)).toContain(
      ':microsoft_teams: 28c10244-4bad-4fda-993c-f332faef94f0',
    );
    expect(ownReactions(message)).toEqual([
      { text: ':microsoft_teams:', ref: expect.stringMatching(/^hosted:aWQ9MC13dXM\S+ \S+\|1706763669648$/) },
    ]);
    // The name is not always told; and a link that leads elsewhere is none.
    const url = message.reactions?.find(({ reactionType }) => reactionType === 'custom')?.reactionContentUrl ?? '';
    expect(ownEmoji(undefined, url).text).toMatch(/^:custom-[\da-f]{6}:$/);
    expect(ownEmoji('two words', undefined)).toEqual({ text: ':two_words:', ref: undefined });
    for (const odd of [
      url.replace('/chats/19', '/../chats/19'),
      url.replace('/messages/', '/messages/%2e%2e/'),
      url.replace('19:bcf', '%'),
      url.replace('hostedContents', 'replies'),
      'odd',
    ])
      expect(ownEmoji('a', odd).ref, odd).toBeUndefined();
  });
});

describe('a chat', () => {
  it('is called by its people, or by its own name', () => {
    const me = 'd74fc2ed-cb0e-4288-a219-b5c71abaf2aa';
    expect(chatPatch(Chat.parse(chats.oneOnOne), me)).toEqual({
      kind: 'direct',
      members: ['8c0a1a67-50ce-4114-bb6c-da9c5dbcf6ca'],
      limits: { thread: 'dropped' },
    });
    expect(chatPatch(Chat.parse(chats.meeting), me)).toMatchObject({
      kind: 'group',
      title: 'Meeting chat sample',
      parent: 'Meeting',
      limits: { callsMany: [{ key: '!chat', name: 'Everyone', reaches: 'everyone' }] },
    });
    expect(memberEvents(Chat.parse(chats.oneOnOne).members ?? [], me, 5)).toEqual([
      {
        type: 'user',
        key: '8c0a1a67-50ce-4114-bb6c-da9c5dbcf6ca',
        patch: { name: 'Nick Fury', addresses: ['mailto:furyn@teamsgraph.onmicrosoft.com'], avatar: 'photo' },
        at: 5,
      },
    ]);
  });
});

describe('spoilt by chance', () => {
  const junk: readonly unknown[] = [
    null,
    0,
    -1,
    1e308,
    '',
    'x',
    '<at',
    '<div>'.repeat(1200),
    [],
    {},
    [null],
    true,
    '\ud800',
  ];
  const samples: readonly unknown[] = [...Object.values(messages), ...Object.values(system)];

  it('nothing throws, everything told is valid, and something is always told', () => {
    const seed = 20_261_122;
    const luck = chance('teams', seed);
    for (let round = 0; round < 1500; round++) {
      let raw = samples[round % samples.length];
      for (let times = 0; times <= round % 3; times++) raw = spoilOne(raw, junk, luck);
      const events = eventsOf(round % 2 === 0 ? chat : channel, raw);
      const where = `seed ${seed}, round ${round}: ${JSON.stringify(raw)?.slice(0, 2000)}`;
      for (const event of events) expect(ChannelEvent.safeParse(event).error, where).toBeUndefined();
      expect(
        events.some((event) => event.type === 'message' && event.message.parts.length > 0),
        where,
      ).toBe(true);
    }
  });

  it('what cannot be read is kept as it came', () => {
    expect(told(chat, { ...messages.plain, body: 17, attachments: [5] })).toMatchObject({
      parts: [{ kind: 'unsupported' }],
      raw: { body: 17, attachments: [5] },
    });
    expect(told(chat, { strange: true })).toMatchObject({
      parts: [{ kind: 'unsupported', what: 'damaged message' }],
      raw: { damaged: '{"strange":true}' },
    });
  });
});
