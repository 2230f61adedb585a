import { describe, expect, it } from 'vitest';
import { asTxnId, type IncomingMessage } from '../../../src-shared/model/index.ts';
import attachments from '../fixtures/attachments.json' with { type: 'json' };
import blocks from '../fixtures/blocks.json' with { type: 'json' };
import conversation from '../fixtures/conversation.json' with { type: 'json' };
import file from '../fixtures/file.json' with { type: 'json' };
import messages from '../fixtures/messages.json' with { type: 'json' };
import { noNames } from '../text/names.ts';
import { Conversation, User } from '../wire/setting.ts';
import { messageEvents } from './message.ts';
import type { Reading } from './reading.ts';
import { conversationEvent, userEvents } from './setting.ts';

const channel = 'C123ABC456';
const reading: Reading = {
  me: 'U0ME',
  names: {
    ...noNames,
    user: (id) => (id === 'U123ABC456' ? 'Egon' : undefined),
    ownEmoji: (name) => name === 'northwind',
    standIn: (name) => (name === 'shipit' ? '🐿️' : undefined),
    group: (id) => (id === 'S0ROOFERS' ? 'roofers' : undefined),
    inGroup: (id) => id === 'S0ROOFERS',
  },
  hosted: (url) => url.startsWith('https://files.slack.com/'),
};
const eventsOf = (raw: unknown) => messageEvents({ channel, raw, near: '1700000000.000001' }, reading);
function told(raw: unknown): IncomingMessage {
  const event = eventsOf(raw).find(({ type }) => type === 'message');
  if (event?.type !== 'message') throw new Error('no message was told');
  return event.message;
}
const holding = (...all: unknown[]) => told({ ...messages.plain, text: 'fallback', blocks: all });

describe('a message', () => {
  it('is known by its conversation and time, and stands by its time', () => {
    expect(told(messages.plain)).toEqual({
      key: 'C123ABC456/1355517523.000005',
      conversation: channel,
      from: { is: 'user', key: 'U123ABC456' },
      at: 1_355_517_523_000,
      order: '001355517523.000005',
      parts: [{ kind: 'text', format: 'plain', text: 'Hello world' }],
    });
  });

  it('has the time of its edit as its version', () => {
    expect(told(messages.edited)).toMatchObject({ version: 1_358_878_755_000_001, editedAt: 1_358_878_755_000 });
  });

  it('of an app is introduced by itself', () => {
    expect(eventsOf(messages.bot)[0]).toMatchObject({
      type: 'user',
      key: 'BB12033',
      patch: { name: 'github', bot: true },
    });
    expect(told(messages.bot).from).toEqual({ is: 'user', key: 'BB12033', name: 'github' });
  });

  it('in a thread names its first message; the first one stands for itself', () => {
    expect(told(messages.threadReply).threadRoot).toBe(`${channel}/1482960137.003543`);
    expect(told(messages.threadRoot).threadRoot).toBeUndefined();
  });

  it('that tells what happened is nobody’s', () => {
    expect(told(messages.topic)).toMatchObject({
      from: { is: 'system' },
      parts: [{ kind: 'system', event: 'topic-changed', text: 'cal set the channel topic: hello world' }],
    });
    expect(told(messages.join).parts).toEqual([
      { kind: 'system', event: 'member-joined', text: 'cal has joined the channel' },
    ]);
    expect(told(messages.pinned).parts).toMatchObject([{ kind: 'system', event: 'pinned' }]);
  });

  it('of a huddle is a call, going on and then over', () => {
    expect(told(messages.huddle).parts).toEqual([
      { kind: 'call', direction: 'incoming', media: 'audio', outcome: 'ongoing' },
    ]);
    expect(told(messages.huddle).from).toEqual({ is: 'user', key: 'U12345ABCDE' });
    const over = { ...messages.huddle.room, has_ended: true, date_end: 1_689_964_461, participant_history: ['U0ME'] };
    expect(told({ ...messages.huddle, room: over })).toMatchObject({
      parts: [{ outcome: 'answered', durationMs: 300_000 }],
      version: 1_689_964_461_000_000,
    });
    expect(told({ ...messages.huddle, room: { ...over, participant_history: [] } }).parts).toMatchObject([
      { outcome: 'missed' },
    ]);
  });

  it('said in the third person is in italics', () => {
    expect(told(messages.me).parts).toMatchObject([{ format: 'markdown', text: '_is doing that thing_' }]);
  });

  it('mentions people, and with @here the reader as well', () => {
    const { mentions } = told({ ...messages.plain, text: '<@U123ABC456> and <!here>' });
    expect(mentions).toEqual([
      { key: 'U123ABC456', name: 'Egon' },
      { key: 'U0ME', me: true },
    ]);
  });

  it('means the reader with a group they are in, in words and in blocks', () => {
    const me = [{ key: 'U0ME', me: true }];
    expect(told({ ...messages.plain, text: '<!subteam^S0ROOFERS|@roofers> <!here|here>' })).toMatchObject({
      mentions: me,
      parts: [{ text: '@roofers @here' }],
    });
    const block = (id: string) => ({
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'usergroup', usergroup_id: id }] }],
    });
    expect(holding(block('S0ROOFERS')).mentions).toEqual(me);
    expect(holding(block('S0MASONS')).mentions).toBeUndefined();
  });

  it('shows the sign where the workspace has given a usual emoji another name', () => {
    expect(told({ ...messages.plain, text: ':shipit: :shipit:' }).parts).toMatchObject([{ text: '🐿️ 🐿️' }]);
  });

  it('takes the transaction only from what we ourselves wrote', () => {
    const metadata = { event_type: 'carillon_message', event_payload: { txn: 't-1' } };
    expect(told({ ...messages.plain, user: 'U0ME', metadata })).toMatchObject({
      from: { is: 'me' },
      txn: asTxnId('t-1'),
    });
    expect(told({ ...messages.plain, metadata }).txn).toBeUndefined();
  });

  it('whose first word was deleted leaves its place to the answers', () => {
    const stone = { ...messages.threadRoot, subtype: 'tombstone', text: 'This message was deleted.' };
    expect(eventsOf(stone).map(({ type }) => type)).toEqual(['message', 'removed']);
  });

  it('of the workspace’s own emoji alone is pictures', () => {
    expect(told({ ...messages.plain, text: ':northwind: :northwind:' }).parts.map(({ kind }) => kind)).toEqual([
      'sticker',
      'sticker',
    ]);
    expect(told({ ...messages.plain, text: '10:30:northwind: _hi_' }).parts).toEqual([
      {
        kind: 'text',
        format: 'markdown',
        text: '10:30:northwind: _hi_',
        plain: '10:30:northwind: hi',
        emoji: [{ text: ':northwind:', media: { ref: 'emoji:northwind', mime: 'image/png', inline: true } }],
      },
    ]);
  });

  it('brings its reactions, with tones and own emoji', () => {
    const reactions = [
      { name: '+1::skin-tone-4', users: ['U0ME'], count: 1 },
      { name: 'northwind', users: ['U1', 'U2'], count: 2 },
    ];
    const marks = eventsOf({ ...messages.plain, reactions }).filter(({ type }) => type === 'reaction');
    expect(marks).toMatchObject([
      { by: 'me', emoji: '👍🏽' },
      { by: 'U1', emoji: ':northwind:' },
      { by: 'U2', emoji: ':northwind:' },
    ]);
  });

  it('of an unknown subtype shows its words and says so in raw', () => {
    expect(told({ ...messages.plain, subtype: 'something_new', extra: { a: 1 } })).toMatchObject({
      parts: [{ kind: 'text', text: 'Hello world' }],
      raw: { subtype: 'something_new', extra: { a: 1 } },
    });
  });

  it('without a time of its own is kept whole where it was met', () => {
    const { raw, parts, at } = told({ type: 'message', text: 'When?' });
    expect(parts).toEqual([{ kind: 'unsupported', what: 'damaged message' }]);
    expect(at).toBe(1_700_000_000_000);
    expect(JSON.stringify(raw)).toContain('When?');
  });
});

describe('blocks', () => {
  it('of rich text become markdown, lists, quotes and code among it', () => {
    const [part] = holding(blocks.richText).parts;
    if (part?.kind !== 'text') throw new Error('not text');
    expect(part.text).toBe(
      [
        '**My favorite Slack features (in no particular order):**',
        '',
        '- Huddles\n- Canvas\n- 🏀 [Hoops \\& more](<https://slack.com>)',
        '',
        '> What we need is good examples in our documentation.',
        '',
        '```\n{\n  "object": {\n    "description": "this is an example of a json object"\n  }\n}\n```',
        '',
        '@Egon, and @here',
      ].join('\n'),
    );
    expect(part.plain).toContain('Hoops & more (https://slack.com)');
  });

  it('that follow one another are one text', () => {
    const { parts } = holding(blocks.header, blocks.section, blocks.divider, blocks.context);
    expect(parts).toMatchObject([
      {
        kind: 'text',
        text: '### Budget Performance\n\nA message **with some bold text** and _some italicized text_.\n\n---\n\n\\[images\\] Location: **Dogpatch**',
      },
    ]);
  });

  it('with a picture from elsewhere only lead there, so that looking tells nobody', () => {
    expect(holding(blocks.image).parts).toEqual([
      { kind: 'link-preview', url: 'http://placekitten.com/500/500', title: 'An incredibly cute kitten.' },
    ]);
  });

  it('with buttons say what can be pressed', () => {
    expect(holding(blocks.actions).parts).toMatchObject([
      {
        kind: 'buttons',
        buttons: [
          { label: 'static select', action: 'other' },
          { label: 'Cancel', action: 'other' },
        ],
      },
    ]);
  });

  it('with a film lead to it', () => {
    expect(holding(blocks.video).parts).toMatchObject([
      { kind: 'link-preview', title: 'Use the Events API to create a dynamic App Home' },
    ]);
  });

  it('nobody knows are named and kept', () => {
    const { parts, raw } = holding(blocks.section, blocks.unknown);
    expect(parts[1]).toEqual({ kind: 'unsupported', what: 'task_card', text: 'Fetching weather data' });
    expect(raw).toEqual({ blocks: [blocks.unknown] });
  });

  it('that say nothing at all leave the text beside them', () => {
    expect(holding(blocks.unknown).parts).toEqual([{ kind: 'text', format: 'plain', text: 'fallback' }]);
  });
});

describe('what hangs below', () => {
  it('is shown in words where an app wrote it', () => {
    const { parts } = told({ ...messages.plain, text: '', attachments: [attachments.secondary] });
    expect(parts).toMatchObject([
      { kind: 'text', format: 'markdown' },
      { kind: 'link-preview', url: 'http://placekitten.com/g/200/200' },
    ]);
    expect(JSON.stringify(parts)).toContain('**[title](<https://api.slack.com/>)**');
  });

  it('is a preview where a link unfolded', () => {
    const preview = {
      from_url: 'https://e.example/a',
      title: 'A',
      text: 'About *a*',
      service_name: 'E',
      thumb_url: 'https://files.slack.com/t.jpg',
    };
    expect(told({ ...messages.plain, attachments: [preview] }).parts[1]).toEqual({
      kind: 'link-preview',
      url: 'https://e.example/a',
      title: 'A',
      description: 'About a',
      site: 'E',
      image: { ref: 'picture:https://files.slack.com/t.jpg', mime: 'image/jpeg' },
    });
  });

  it('is a quotation where a message was passed on', () => {
    const shared = {
      is_share: true,
      author_name: 'Ann',
      text: 'Original *words*',
      channel_id: 'C1',
      ts: '1700000000.000100',
    };
    expect(told({ ...messages.plain, text: 'See', attachments: [shared] }).parts[1]).toMatchObject({
      kind: 'text',
      text: '> **Ann**\n> Original **words**',
    });
  });

  it('is a file with its size and measures, by what it is', () => {
    expect(told({ ...messages.plain, files: [file] }).parts[1]).toEqual({
      kind: 'image',
      media: { ref: 'file:F0A12BCDE', mime: 'image/gif', name: 'tedair.gif', bytes: 137_531, width: 176, height: 226 },
    });
    const clip = {
      ...file,
      mimetype: 'audio/mp4',
      subtype: 'slack_audio',
      duration_ms: 4200,
      transcription: { preview: { content: 'Hi' } },
    };
    expect(told({ ...messages.plain, files: [clip] }).parts[1]).toMatchObject({
      kind: 'audio',
      voiceNote: true,
      transcript: 'Hi',
    });
    expect(told({ ...messages.plain, files: [{ id: 'F1', mode: 'tombstone' }] }).parts[1]).toEqual({
      kind: 'unsupported',
      what: 'file',
      text: 'This file was deleted.',
    });
    const elsewhere = { id: 'F2', is_external: true, external_url: 'https://docs.example/d', title: 'Plan' };
    expect(told({ ...messages.plain, files: [elsewhere] }).parts[1]).toEqual({
      kind: 'link-preview',
      url: 'https://docs.example/d',
      title: 'Plan',
    });
  });
});

describe('a conversation', () => {
  const setting = { me: 'U0ME' };
  const event = (more: object) => conversationEvent(Conversation.parse({ ...conversation, ...more }), 5, setting);

  it('is called by its name, with its topic', () => {
    expect(event({})).toEqual({
      type: 'conversation',
      key: 'C012AB3CD',
      patch: {
        kind: 'channel',
        title: '#general',
        topic: 'For public discussion of generalities',
        limits: {},
      },
      at: 5,
    });
  });

  it('says why one cannot write into it', () => {
    expect(event({ is_archived: true })).toMatchObject({
      patch: { archived: true, limits: { readOnly: 'This channel is archived.' } },
    });
    expect(event({ is_member: false })).toMatchObject({
      patch: { limits: { readOnly: 'You are not in this channel.' } },
    });
  });

  it('of two is called by the other, and with oneself by what it is for', () => {
    expect(event({ is_im: true, user: 'U1' })).toMatchObject({ patch: { kind: 'direct', members: ['U1'] } });
    expect(event({ is_im: true, user: 'U0ME' })).toMatchObject({ patch: { title: 'Notes to yourself', members: [] } });
  });
});

it('somebody whose account was closed is known for it, until it is opened again', () => {
  const told = (deleted: boolean | undefined) =>
    userEvents(
      User.parse({ id: 'U0BOB', name: 'bob', ...(deleted !== undefined && { deleted }) }),
      5,
      'U0ME',
      () => true,
    );
  expect(told(true)).toMatchObject([{ patch: { name: 'bob', gone: true } }]);
  expect(told(false)).toMatchObject([{ patch: { gone: false } }]);
  expect(told(undefined)[0]).not.toHaveProperty('patch.gone');
});
