import { describe, expect, test } from 'vitest';
import { asBlobRef } from '../../../src-shared/ids.ts';
import type { SendLimits } from '../../../src-shared/model/index.ts';
import { conversation } from '../../testing/views.ts';
import { emptyComposition } from './composition.ts';
import { fitFiles, kindFor, largestUploadBytes, partFor } from './fits.ts';

const chat = conversation(1);
const composition = emptyComposition(chat);
const limits: SendLimits = {
  ...chat.limits,
  parts: {
    image: { level: 'full', maxBytes: 1000, maxCount: 2 },
    audio: { level: 'rejected' },
    document: { level: 'full', maxBytes: 5000 },
  },
  maxTotalBytes: 6000,
};
const file = (name: string, type: string, size: number) => ({ name, type, size });

describe('files are looked at before they are sent', () => {
  test('what a channel has no word for goes as a file, or not at all', () => {
    expect(kindFor('image/png', limits)).toBe('image');
    expect(kindFor('audio/ogg', limits)).toBe('document');
    expect(kindFor('', limits)).toBe('document');
    expect(kindFor('audio/ogg', { ...limits, parts: {} })).toBeNull();
    expect(partFor({ ref: asBlobRef('a'), mime: 'audio/ogg' }, limits).kind).toBe('document');
  });
  test('too large, too many and too much together are told apart, and the rest is taken', () => {
    const picture = { kind: 'image' as const, media: { ref: asBlobRef('a'), mime: 'image/png', bytes: 900 } };
    const { taken, refused } = fitFiles(
      [
        file('big.png', 'image/png', 1001),
        file('second.png', 'image/png', 1000),
        file('third.png', 'image/png', 10),
        file('plan.pdf', 'application/pdf', 4000),
        file('more.pdf', 'application/pdf', 101),
        file('last.pdf', 'application/pdf', 100),
      ],
      { ...composition, parts: [picture] },
      limits,
    );
    expect(taken.map((one) => one.name)).toEqual(['second.png', 'plan.pdf', 'last.pdf']);
    expect(refused).toEqual([
      { name: 'big.png', why: 'size', most: 1000 },
      { name: 'third.png', why: 'count', most: 2 },
      { name: 'more.pdf', why: 'total', most: 6000 },
    ]);
  });
  test('nothing larger than the hub takes is read at all', () => {
    const free: SendLimits = { ...limits, parts: { document: { level: 'full' } } };
    const { refused } = fitFiles([file('film.mkv', 'video/x-matroska', largestUploadBytes + 1)], composition, {
      ...free,
      maxTotalBytes: largestUploadBytes * 2,
    });
    expect(refused).toEqual([{ name: 'film.mkv', why: 'size', most: largestUploadBytes }]);
  });
});
