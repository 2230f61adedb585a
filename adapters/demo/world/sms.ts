import { chance } from '../chance.ts';
import type { PersonId } from '../people.ts';
import { type Chat, day, hour, type Said } from './build.ts';
import { letter, plain } from './letters.ts';

const direct = (id: string, person: PersonId, endsAgo: number, play: Chat['play'], more: Partial<Chat> = {}): Chat => ({
  is: 'chat',
  id: `sms-${id}`,
  members: [person],
  endsAgo,
  play,
  patch: { kind: 'direct' },
  ...more,
});

/** Something that comes again and again: one text message each time, oldest first. */
export function routine(
  person: PersonId,
  count: number,
  every: number,
  words: (index: number) => string,
): readonly Said[] {
  const luck = chance('routine', person);
  return Array.from({ length: count }, (_, index) =>
    letter(person, [plain(words(index))], Math.round(every * (0.6 + luck.next() * 0.8))),
  );
}
const shops = [
  'Ropewalk Bakery',
  'Coastline Rail',
  'Quay Books',
  'Chandler Hardware',
  'Green Bicycle',
  'The Lamp Museum',
  'Harbour Market',
];

/** Text messages: few words, no pictures, and everyone who ever asked for a telephone number. */
export const sms = (): readonly Chat[] => {
  const luck = chance('sms');
  return [
    direct(
      'parcel',
      'parcel',
      80 * 60_000,
      routine('parcel', 46, 15 * day, (index) =>
        index % 2 === 0
          ? `Parcel Post: your parcel ${4_410_000 + index * 371} comes today between ${9 + (index % 5)}:00 and ${11 + (index % 5)}:00.`
          : `Parcel Post: we left your parcel with the neighbour at number ${3 + ((index * 7) % 20)}.`,
      ),
      {
        unread: 1,
        patch: { kind: 'feed', title: 'Parcel Post', limits: { readOnly: 'Parcel Post does not read answers.' } },
      },
    ),
    direct(
      'bank',
      'bank',
      11 * hour,
      routine('bank', 140, 5 * day, (index) =>
        index % 9 === 4
          ? `First Harbour Bank: your code is ${luck.between(100_000, 999_999)}. We never call and ask for it.`
          : `First Harbour Bank: ${(luck.between(180, 9400) / 100).toFixed(2)} paid at ${luck.pick(shops)}.`,
      ),
      {
        patch: {
          kind: 'feed',
          title: 'First Harbour Bank',
          muted: true,
          limits: { readOnly: 'The bank does not read answers.' },
        },
      },
    ),
    direct(
      'surgery',
      'surgery',
      3 * day,
      `
      surgery: Dr Novak's Surgery: you have an appointment on Tuesday at 08:40. Answer C to cancel.
      +1d
      me: I will be there, thank you
      +4d
      surgery: Dr Novak's Surgery: all results are fine. No need to come back.
      +170d
      surgery: Dr Novak's Surgery: it is time for your yearly visit. Answer with a day that suits you.
      +2h
      me: Any Thursday
      +20m
      surgery: Thursday 12th at 09:20 it is.
      `,
    ),
    direct(
      'sam',
      'sam',
      4 * hour,
      `
      sam: No network in the cellar so I am texting like it is 2004
      me: T9 and all?
      sam: I typed this with one thumb and great dignity
      +2d
      sam: Did you take my umbrella after choir
      me: The red one? It followed me home
      sam: Keep it dry please
      me: That is not how umbrellas work
      +60d
      sam: Running late, 10 min, save me a chair
      me: Saved. It has a cushion and everything
      +20d
      sam: Deposit for the cabin is paid, tell Kuba
      me: Told. He is already packing games
      sam: Are you bringing the good pan?
      `,
      { unread: 1 },
    ),
    direct(
      'tomasz',
      'tomasz',
      26 * hour,
      `
      tomasz: Jestem przy Żurawiu, gdzie siedzisz?
      me: Stolik pod oknem, ten chwiejny
      tomasz: Widzę. Zamów mi szarlotkę
      +25d
      tomasz: Pociąg ma 40 minut opóźnienia, zacznijcie beze mnie
      me: Jasne, zostawimy Ci ciastka
      `,
    ),
    direct(
      'noam',
      'noam',
      12 * day,
      `
      noam: נחתתי. המזוודה עדיין בטיול
      me: Where is it?
      noam: לפי האפליקציה, בליסבון. לפחות מישהו נהנה
      +2d
      noam: המזוודה חזרה! עם מדבקה של ליסבון
      me: 😂 Frame it
      `,
    ),
    direct(
      'landline',
      'maria',
      33 * day,
      `
      maria: Dear Mr Morgan, this is my mobile number, should the post be slow again. M. F. Rodríguez-Villanueva
      me: Saved, thank you!
      `,
    ),
  ];
};
