import { day, hour, type Thread } from './build.ts';
import { museum, newsletter, ticket } from './letters.ts';

const thread = (it: Omit<Thread, 'is'>): Thread => ({ is: 'thread', ...it });

const issues: readonly (readonly [headline: string, story: string])[] = [
  [
    'The last typewriter shop',
    'On the corner of Chandler Street a man repairs machines whose makers are long gone. He says the letter e is always the first to go.',
  ],
  [
    'How the quay got its clock',
    'It was meant for another town, arrived by mistake, and nobody has asked for it back in ninety years.',
  ],
  [
    'A map with no names',
    'The school drew the whole district from memory. What they left out is as telling as what they drew.',
  ],
  [
    'Forty kinds of rain',
    'Our readers sent in their words for it. The winner is the one that only falls on the day after the washing.',
  ],
  ['The ferry that waits', 'Captain Brandt has never once left on time, and since 1998 nobody has wanted him to.'],
  ['Bread at four in the morning', 'We spent a night at the bakery on Ropewalk and came home with burnt fingers.'],
  [
    'The bells are back',
    'After two winters of scaffolding all nine of them rang again, slightly out of tune and much loved.',
  ],
  ['Who feeds the lighthouse cat?', 'Everybody, it turns out. It weighs nine kilograms.'],
];

/** The private mailbox. */
export const homeMail = (): readonly Thread[] => [
  thread({
    id: 'layla',
    subject: 'رسالة من عمّان',
    members: ['layla'],
    folder: 'inbox',
    endsAgo: 50 * 60_000,
    unread: 1,
    play: `
      layla: مرحباً أليكس،\\n\\nوصلنا إلى عمّان أخيراً. البيت قديم لكنه جميل، ومن السطح نرى المدينة كلها. هل ما زلت تخطط للزيارة في نيسان؟\\n\\nليلى
      +1d
      me: Dear Layla! Yes, the second week of April. I am learning to say مرحباً properly.\\n\\nAlex
      +5h
      layla: ممتاز! سأحجز لك غرفة قريبة. خذ معك سترة، الليل بارد هنا. And bring the photographs, please: العائلة كلها تريد أن تراها.
    `,
  }),
  thread({
    id: 'noam',
    subject: 'מתכון של סבתא',
    members: ['noam'],
    folder: 'inbox',
    endsAgo: 7 * hour,
    unread: 1,
    play: `
      noam: היי אלכס,\\n\\nמצאתי את המתכון של סבתא לעוגת הדבש. כמובן שאין בו כמויות, רק "קמח כמה שצריך". ננסה ביחד?\\n\\nנועם
      +9h
      me: Flour "as much as it needs" is the best kind of recipe. Sunday, by video?
      +3h
      noam: יום ראשון ב-18:00. I will hold the spoon up to the camera.
    `,
  }),
  ticket,
  museum,
  newsletter(120, issues[0]?.[0] ?? '', issues[0]?.[1] ?? '', 26 * hour, true),
  ...issues
    .slice(1)
    .map(([headline, story], index) => newsletter(119 - index, headline, story, (9 + index * 14) * day, false)),
  thread({
    id: 'cabin',
    subject: 'The cabin in February',
    members: ['sam', 'kuba', 'hana'],
    folder: 'inbox',
    endsAgo: 31 * hour,
    keywords: ['travel'],
    play: `
      sam: The cabin is ours from the 12th to the 16th, if we say yes by Sunday. Six beds, one stove, no network. Who is in?
      +2h
      kuba: In. I bring the board games and, sadly, my snoring.
      +3h
      hana: In! I can drive from Brno and take two.
      +1h
      me: In. I will cook the first evening if somebody else splits wood.
      +30m
      sam: [snow] This was last year
      +6h
      sam: Settled then. I have paid the deposit; 40 each, no hurry.
    `,
  }),
  thread({
    id: 'library',
    subject: 'Two of your books are due',
    members: ['library'],
    folder: 'inbox',
    endsAgo: 2 * day,
    play: 'library: Dear reader,\\n\\n"The Cartographer\'s Daughter" and "Knots for All Occasions" are due on Friday. You may renew both once more.\\n\\nHarbour City Library',
  }),
  thread({
    id: 'mum-photos',
    subject: 'Old photographs',
    members: ['mum'],
    folder: 'inbox',
    endsAgo: 5 * day,
    starred: true,
    play: `
      mum: I have started scanning the box from the attic. Guess who this is.
      mum: [beach] The beach, summer of the blue boat
      +4h
      me: That is Kuba, and the thing on his head is my bucket. I never got it back.
      +2h
      mum: He says he still has it.
    `,
  }),
  thread({
    id: 'bicycle',
    subject: 'Is the bicycle still for sale?',
    members: ['hana'],
    folder: 'archive',
    endsAgo: 60 * day,
    play: `
      hana: Dobrý den! Is the green bicycle still for sale? And does it really have eleven gears or is that a typing mistake?
      +2h
      me: It is, and it does. Nine of them work.
      +1h
      hana: Sold. I collect bicycles that do not quite work.
    `,
  }),
  thread({
    id: 'choir',
    subject: 'Choir: autumn rehearsals',
    members: ['sam'],
    folder: 'archive',
    endsAgo: 95 * day,
    play: `
      sam: Tuesdays at seven again, same cold church. Tenors please bring a tenor.
      +1d
      me: I will bring one and a scarf.
    `,
  }),
  thread({
    id: 'mine',
    subject: 'Recipe, so that I find it again',
    members: [],
    folder: 'sent',
    endsAgo: 130 * day,
    play: 'me: Onions slowly, an hour at least. Vinegar at the very end. Never the other way round.',
  }),
];
