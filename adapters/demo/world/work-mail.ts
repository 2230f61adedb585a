import { day, hour, type Thread } from './build.ts';
import { calendarInvite, codeReview, invoices, payslip } from './letters.ts';

const thread = (it: Omit<Thread, 'is'>): Thread => ({ is: 'thread', ...it });

/** The work mailbox: people of Northwind Maps and those who do business with them. */
export const workMail = (epoch: number): readonly Thread[] => [
  thread({
    id: 'release-plan',
    subject: 'Harbour release: what is left',
    members: ['priya', 'tomasz', 'ines'],
    folder: 'inbox',
    endsAgo: 35 * 60_000,
    unread: 1,
    starred: true,
    play: `
      priya: Hi all,\\n\\nThree things stand between us and the harbour release:\\n\\n1. offline tiles on old phones (Tomasz)\\n2. the new legend (Inês)\\n3. the words on the first screen (Alex)\\n\\nCan each of you answer with a day? I would like to tell Jonas on Thursday.\\n\\nPriya
      +3h
      tomasz: Tiles: Tuesday. There is one phone left that runs out of memory, and I have borrowed it from my sister.\\n\\nTomasz
      +1h
      ines: Legend is done except for the colour-blind palette. Wednesday, to be safe.\\n\\nInês
      +20h
      me: First screen: today. I have cut it to two sentences and a button.\\n\\nAlex
      +5h
      priya: Wonderful. @Alex, could you send me both sentences so that I can put them into the store listing?\\n\\nPriya
    `,
  }),
  calendarInvite(epoch),
  thread({
    id: 'palette',
    subject: 'Colour-blind palette, second round',
    members: ['ines'],
    folder: 'inbox',
    endsAgo: 5 * hour,
    unread: 2,
    play: `
      ines: Here is the sketch. Left is what ships today, right is the new one. Please squint at it.
      ines: [sketch] Both palettes side by side
      +2h
      me: The right one, clearly. Is the ferry line still blue?
      +40m
      ines: It is, just a blue that also differs in lightness. I asked Jonas to look; he confuses red and green and had no trouble.
      ines: One more thing: could we drop the drop shadow? It dates us.
    `,
  }),
  codeReview,
  thread({
    id: 'spotkanie',
    subject: 'Przyszły tydzień w Gdańsku',
    members: ['tomasz'],
    folder: 'inbox',
    endsAgo: 22 * hour,
    play: `
      tomasz: Cześć Alex,\\n\\nw przyszłym tygodniu jestem w Gdańsku. Może spotkamy się w środę, żeby przejść przez mapy offline? Znam dobrą kawiarnię koło Żurawia, mają też świetną szarlotkę.\\n\\nPozdrawiam,\\nTomasz
      +4h
      me: Cześć! Środa pasuje, najlepiej po dziesiątej. Wezmę ze sobą stary telefon, ten od map bez pamięci.\\n\\nAlex
      +1h
      tomasz: Świetnie, to o 10:30. Ślę wskazówki bliżej terminu.
    `,
  }),
  ...invoices,
  thread({
    id: 'lease',
    subject: 'Lease of 4 Ropewalk, draft 3',
    members: ['maria'],
    cc: ['jonas'],
    folder: 'inbox',
    endsAgo: 2 * day,
    keywords: ['money'],
    play: `
      maria: Dear Mr Morgan,\\n\\nplease find attached the third draft. Sections 2, 5 and 11 were changed as you asked; the landlord accepts the longer notice but would like the deposit in one sum.\\n\\nIf you agree I can have it ready to sign by Friday.\\n\\nWith kind regards\\nM. F. Rodríguez-Villanueva
      maria: [contract] The draft with changes marked
      +1d
      me: Thank you. One sum is fine. Could section 9 say who pays for the lift?\\n\\nAlex Morgan
      +6h
      maria: Of course: the landlord does, and section 9 will say so. You will have the clean copy tomorrow morning.
    `,
  }),
  thread({
    id: 'hiring',
    subject: 'Second interviews',
    members: ['jonas', 'priya'],
    folder: 'inbox',
    endsAgo: 3 * day,
    play: `
      jonas: Two of the five were very good. I would like you both to talk with Hana and with the cartographer from Brno, half an hour each, no puzzles.\\n\\nJonas
      +2h
      priya: Happy to. Monday or Tuesday afternoon.
      +1h
      me: Tuesday for me. I will ask them to correct one of our maps, that tells more than any puzzle.
      +3h
      jonas: Good. Tuesday 14:00 and 15:00.
    `,
  }),
  thread({
    id: 'taipei',
    subject: '台北辦公室 / Visit to the Taipei office',
    members: ['mei'],
    folder: 'inbox',
    endsAgo: 6 * day,
    keywords: ['travel'],
    play: `
      mei: Hi Alex,\\n\\nthe visit in March is confirmed. 我們很期待你來! I booked the small meeting room for three days and told the tile team to prepare their questions.\\n\\nDo you need an invitation letter?\\n\\n美玲
      +9h
      me: Thank you! Yes please, and a good place for breakfast near the office.
      +7h
      mei: Letter comes by post. Breakfast is easy: 豆漿 and 燒餅 downstairs, from six in the morning.
    `,
  }),
  thread({
    id: 'stand-budget',
    subject: 'Budget for the stand',
    members: ['priya'],
    folder: 'archive',
    endsAgo: 16 * day,
    keywords: ['money'],
    play: `
      priya: Attached is what we spent at the fair. We came in just under, in spite of the coffee.
      priya: [budget] Planned and spent
      +1h
      me: The coffee was the best idea of the whole stand. Approved.
    `,
  }),
  thread({
    id: 'minutes',
    subject: 'Minutes of Monday',
    members: ['priya', 'jonas', 'tomasz', 'ines', 'mei'],
    folder: 'archive',
    endsAgo: 20 * day,
    play: `
      priya: Short minutes attached. Shout if I put words into your mouth.
      priya: [minutes] Forty minutes in fifteen lines
      +2h
      jonas: Good. "Nobody wants the carousel" should be framed.
      +10m
      me: I will print it.
    `,
  }),
  thread({
    id: 'press',
    subject: 'A question from the Tidewater Letter',
    members: ['letter'],
    folder: 'archive',
    endsAgo: 41 * day,
    play: `
      letter: Dear press team,\\n\\nwe are writing about small companies that draw their own maps. Would somebody talk with us for twenty minutes?
      +1d
      me: Gladly. Thursday at four?
      +5h
      letter: Thursday at four it is. We will call.
    `,
  }),
  payslip,
  thread({
    id: 'old-server',
    subject: 'Goodbye, old tile server',
    members: ['tomasz', 'jonas'],
    folder: 'archive',
    endsAgo: 210 * day,
    play: `
      tomasz: The old tile server went off at noon after 2,114 days. It drew 9.4 billion tiles and caught fire only once.
      +20m
      jonas: May it rest. Who keeps the sticker?
      +5m
      me: The sticker is on my laptop already.
    `,
  }),
  thread({
    id: 'first-day',
    subject: 'Welcome to Northwind Maps',
    members: ['jonas'],
    folder: 'archive',
    endsAgo: 700 * day,
    play: `
      jonas: Dear Alex,\\n\\nwelcome. Your desk is the one with the view of the crane. Lunch is at twelve; whoever is last buys the cake.\\n\\nJonas
      +1d
      me: Thank you! I will take care not to be last.
    `,
  }),
  thread({
    id: 'prize',
    subject: 'YOU WON 1.000.000 !!! act now',
    members: ['prize'],
    folder: 'spam',
    endsAgo: 30 * hour,
    unread: 1,
    play: `
      prize: Dear lucky winner, your mailbox was selected among 9 billion. To claim send us the length of your name and the colour of your front door.
    `,
  }),
  thread({
    id: 'thrown-away',
    subject: 'Fwd: Fwd: Fwd: funny cat',
    members: ['jonas'],
    folder: 'trash',
    endsAgo: 9 * day,
    play: 'jonas: Sorry, wrong Alex.',
  }),
];
