import { describe, expect, it } from 'vitest';
import { ChannelEvent, type IncomingMessage } from '../../../src-shared/model/index.ts';
import { chance } from '../../../tests/simulators/_base/index.ts';
import { spoilOne } from '../../_kit/testing/spoil.ts';
import attachments from '../fixtures/attachments.json' with { type: 'json' };
import blocks from '../fixtures/blocks.json' with { type: 'json' };
import file from '../fixtures/file.json' with { type: 'json' };
import messages from '../fixtures/messages.json' with { type: 'json' };
import { noNames } from '../text/names.ts';
import { messageEvents } from './message.ts';
import type { Reading } from './reading.ts';

const channel = 'C123ABC456';
const reading: Reading = {
  me: 'U0ME',
  names: {
    ...noNames,
    user: (id) => (id === 'U123ABC456' ? 'Egon' : undefined),
    ownEmoji: (name) => name === 'northwind',
  },
  hosted: (url) => url.startsWith('https://files.slack.com/'),
};
const eventsOf = (raw: unknown) => messageEvents({ channel, raw, near: '1700000000.000001' }, reading);
function told(raw: unknown): IncomingMessage {
  const event = eventsOf(raw).find(({ type }) => type === 'message');
  if (event?.type !== 'message') throw new Error('no message was told');
  return event.message;
}

describe('spoilt by chance', () => {
  const junk: readonly unknown[] = [
    null,
    0,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    'x',
    '<@',
    '`'.repeat(50),
    [],
    {},
    [null],
    true,
    '<https://a|'.repeat(9),
    { type: 5 },
  ];
  const samples: readonly unknown[] = [
    ...Object.values(messages),
    ...Object.values(blocks).map((block) => ({ ...messages.plain, blocks: [blocks.section, block] })),
    {
      ...messages.plain,
      attachments: Object.values(attachments),
      files: [file],
      reactions: [{ name: 'x', users: ['U1'], count: 1 }],
    },
  ];

  it('nothing throws, everything told is valid, and something is always told', () => {
    const seed = 20_261_122;
    const luck = chance('slack', seed);
    for (let round = 0; round < 4000; round++) {
      const sample = samples[round % samples.length];
      let raw = sample;
      for (let times = 0; times <= round % 3; times++) raw = spoilOne(raw, junk, luck);
      const events = eventsOf(raw);
      for (const event of events) {
        const parsed = ChannelEvent.safeParse(event);
        expect(parsed.error, `seed ${seed}, round ${round}: ${JSON.stringify(raw)}`).toBeUndefined();
      }
      const message = events.find(({ type }) => type === 'message');
      if (message?.type !== 'message') throw new Error(`seed ${seed}, round ${round}: nothing was told`);
      expect(message.message.parts.length, `seed ${seed}, round ${round}: ${JSON.stringify(raw)}`).toBeGreaterThan(0);
    }
  });

  it('fields that cannot be read are kept under raw', () => {
    expect(told({ ...messages.plain, text: 17, files: 'none', strange: [1] }).raw).toEqual({
      text: 17,
      files: 'none',
      strange: [1],
    });
    expect(told({ ...messages.plain, files: [5] })).toMatchObject({
      parts: [{ kind: 'text' }, { kind: 'unsupported', what: 'file' }],
      raw: { files: [5] },
    });
  });
});
