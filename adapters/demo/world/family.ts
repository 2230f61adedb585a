import { chance } from '../chance.ts';
import type { PersonId } from '../people.ts';
import { type Chat, day, hour, type Said } from './build.ts';
import { transcript } from './transcript.ts';
import { vignettes } from './vignettes.ts';

const direct = (person: PersonId, endsAgo: number, play: string, more: Partial<Chat> = {}): Chat => ({
  is: 'chat',
  id: `family-${person}`,
  members: [person],
  endsAgo,
  play,
  patch: { kind: 'direct' },
  ...more,
});

/** The family's two years: small scenes, days apart. */
function years(): readonly Said[] {
  const luck = chance('family');
  return vignettes.flatMap((scene) =>
    transcript(scene).map((line, index) =>
      index === 0 ? { ...line, gap: luck.between(6, 20) * day + luck.between(0, 9) * hour } : line,
    ),
  );
}

export const family = (): readonly Chat[] => [
  {
    is: 'chat',
    id: 'family-all',
    members: ['mum', 'dad', 'kuba', 'zofia'],
    endsAgo: 25 * 60_000,
    unread: 3,
    patch: { kind: 'group', title: 'Morgans & Babcia 🏡', pinned: true },
    play: years(),
  },
  direct(
    'mum',
    3 * hour,
    `
    mum: Are you eating?
    me: At this moment or in general?
    mum: Both
    me: [kitchen] Exhibit A ~ mum😋
    +3d
    mum: [voice]
    me: You recorded four seconds of the garden ~ mum😂
    mum: It is a blackbird! Listen!
    +12d
    mum: The scanner ate a photograph. Only a little. Kuba's ear
    me: He has another one
    +6d
    mum: Do you remember the name of the ferry? The one with the green funnel
    me: Halina! Babcia waved at the captain every time
    mum: She still asks about him
    mum: Call her on Sunday, will you? ❤️
    `,
    { unread: 1 },
  ),
  direct(
    'zofia',
    28 * hour,
    `
    zofia: Alku, kochanie, jak działa ta nowa ładowarka?
    me: Babciu, wtyczkę do góry, tam gdzie kropka
    zofia: Kropka jest na dole
    me: To trzymasz telefon do góry nogami 😄
    zofia: Tak lepiej widzę ~ me❤️
    +20d
    zofia: Upiekłam sernik. Zjedliśmy sernik. Przyjedź szybciej
    me: Jestem w piątek! Zostaw choć kawałek
    zofia: Zobaczymy 😉
    +30d
    zofia: [snow] Śnieg na działce! Sąsiad odśnieżył, dałam mu ogórki
    me: Pięknie! Ubierz czapkę
    zofia: Mam dwie ~ me❤️
    `,
  ),
  direct(
    'kuba',
    6 * hour,
    `
    kuba: Who taught dad to send stickers
    me: It was you
    kuba: I regret nothing ~ me😎
    kuba: [cheers]
    +8d
    kuba: Can I borrow the tent
    me: Which one, the good one or yours?
    kuba: Wow
    kuba: The good one
    +2d
    kuba: [ferry] Look who is still running
    me: HALINA! Tell mum! ~ kuba⛴️
    +1d
    kuba: Do we have a plan for dad's birthday?
    `,
    { unread: 1 },
  ),
  direct(
    'dad',
    4 * day,
    `
    dad: Hello Alex this is Dad
    me: Hello Dad, it says so at the top
    dad: Very practical. Regards, Dad ~ me❤️
    +9d
    dad: The shed is finished. Regards, Dad
    dad: [hills] View from the shed
    me: That is the neighbour's hill!
    dad: It looks better from here. Regards, Dad
    +30d
    dad: [wave]
    `,
  ),
  {
    is: 'chat',
    id: 'family-cabin',
    members: ['kuba', 'sam', 'hana'],
    endsAgo: 2 * day,
    patch: { kind: 'group', title: 'Cabin, February 🌲' },
    play: `
    sam: List: pan (Alex), games (Kuba), car (Hana), optimism (me)
    hana: The car has winter tyres and one working speaker
    kuba: I have eleven games and a rule book in Danish
    me: The pan has been oiled
    +3d
    hana: Forecast says minus twelve
    sam: That is the optimism leaving
    me: The stove goes to plus thirty, I tried it once and slept on the porch ~ sam😂 hana😂 kuba😂
    `,
  },
];
