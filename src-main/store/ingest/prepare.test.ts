import { expect, test } from 'vitest';
import { asMessageKey, asUserKey, type ChannelEvent } from '../../../src-shared/model/index.ts';
import { prepareBeforehand, prepareEvents } from './prepare.ts';

const letter = (text: string): ChannelEvent => ({
  type: 'message',
  message: {
    key: asMessageKey('m1'),
    links: ['m1'],
    from: { is: 'user', key: asUserKey('ada@example.org') },
    at: 1_600_000_000_000,
    parts: [{ kind: 'text', format: 'plain', text }],
  },
});

test('what was prepared beforehand is taken as it is, and nothing else for it', () => {
  const [known, other] = [letter('Zażółć gęślą jaźń'), letter('something else')];
  const afresh = prepareEvents([known, other]);
  prepareBeforehand([known]);
  const prepared = prepareEvents([known, other]);
  expect(prepared).toEqual(afresh);
  expect(prepareEvents([known])[0]).toBe(prepared[0]);
  expect(prepareEvents([other])[0]).not.toBe(prepared[1]);
});
