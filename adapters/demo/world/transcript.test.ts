import { describe, expect, it } from 'vitest';
import { transcript } from './transcript.ts';

describe('a play', () => {
  it('gives lines, pauses, answers, files and reactions', () => {
    const [first, second, third] = transcript(`
      ines: Booked!\\nReally. ~ kuba👍 me❤️
      +2h
      me^: Which airline?
      mum: [harbour] View!
    `);
    expect(first).toMatchObject({ who: 'ines', text: 'Booked!\nReally.', gap: undefined });
    expect(first?.reactions).toEqual([
      { by: 'kuba', emoji: '👍' },
      { by: 'me', emoji: '❤️' },
    ]);
    expect(second).toMatchObject({ who: 'me', answers: 1, gap: 7_200_000 });
    expect(third).toMatchObject({ who: 'mum', file: 'harbour', text: 'View!' });
  });
  it('changes and takes back the last line of the same person', () => {
    const lines = transcript('sam: Beans!\nme: Peas.\nsam*: Peas!\nme-:');
    expect(lines).toMatchObject([
      { text: 'Beans!', edited: 'Peas!' },
      { text: 'Peas.', removed: true },
    ]);
  });
  it.each(['no line at all', 'nobody: hello', 'sam*: nothing before'])('refuses a slip: %s', (slip) => {
    expect(() => transcript(slip)).toThrow(SyntaxError);
  });
});
