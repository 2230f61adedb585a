import type { PersonId } from '../people.ts';
import { type Chat, day, hour } from './build.ts';
import { builds, standup } from './team-routine.ts';

const everyone: readonly PersonId[] = ['ines', 'tomasz', 'priya', 'jonas', 'mei'];
const room = (
  id: string,
  title: string,
  topic: string,
  endsAgo: number,
  play: Chat['play'],
  more: Partial<Chat> = {},
): Chat => ({
  is: 'chat',
  id: `team-${id}`,
  members: everyone,
  endsAgo,
  play,
  patch: { kind: 'channel', title, topic, parent: 'Northwind Maps' },
  ...more,
});
const direct = (person: PersonId, endsAgo: number, play: string, more: Partial<Chat> = {}): Chat => ({
  is: 'chat',
  id: `team-dm-${person}`,
  members: [person],
  endsAgo,
  play,
  patch: { kind: 'direct', parent: 'Northwind Maps' },
  ...more,
});

export const team = (): readonly Chat[] => [
  room('standup', '#standup', 'Every morning before ten. Done, next, in the way.', 50 * 60_000, standup(), {
    unread: 2,
  }),
  room(
    'harbour',
    '#harbour-release',
    'Everything about the harbour release',
    12 * 60_000,
    `
    priya: Nine days to go. The list is down to three things, see my mail from this morning
    jonas: Down from eleven. I am almost calm ~ ines😌 tomasz🙌
    tomasz: The borrowed phone now does 54 frames 🎉 ~ priya🎉 ines🎉 me🎉 mei👏
    ines^: On *that* phone? With the cracked screen?
    tomasz: The crack is load-bearing
    +3h
    mei: 全部的圖磚都好了 / all tiles are redrawn, 2.1 million of them, no seams along the bay
    me: You fixed the seam! That was there since my first day ~ mei🙇
    jonas: Somebody please write this down for the release notes
    +16h
    ines: New legend, night version
    ines: [sketch] Night legend
    me^: The ferry line finally looks like a ferry line ~ ines❤️
    priya: Could the harbour name be one size larger?
    ines: It could be two sizes larger
    ines*: It could be two sizes larger, and then it would collide with the lighthouse
    me: Move the lighthouse
    jonas: We do not move lighthouses ~ me😂 tomasz😂 priya😂 mei😂 ines😂
    +2h
    tomasz: [whiteboard] Where the memory goes, in one picture
    priya: I understand a third of this and am impressed by all of it
    +1h
    priya: @Alex the words for the first screen, could you drop them here too?
    me: "See where you are, even where there is no signal." and "The harbour fits in your pocket."
    jonas: Yes.
    jonas: Do not let anybody improve them ~ me🙏
    +40m
    priya: Store listing is updated. @Alex can you look over it before four?
    ines: Screenshots are in as well
    tomasz: I am going to leave my phone in the freezer for an hour, to see what happens
    `,
    { unread: 3 },
  ),
  room(
    'general',
    '#general',
    'Cake, lost keys and everything else',
    4 * hour,
    `
    jonas: Whoever has the key to the roof: the heron is back and some of us want to see it
    mei: I have never been so jealous of an office in my life
    ines: [harbour] From the roof this morning ~ mei😍 priya😍 me🤩
    me: The heron is the grey pixel left of the crane, I believe
    ines^: The heron is very offended
    +2d
    priya: There is cake. There was cake ~ tomasz😢
    tomasz: I was away from my desk for four minutes
    jonas: A lesson we all learn once
    +9d
    tally: Poll: where do we eat on Friday? Noodles 3, Harbour Grill 1, Anywhere with Tomasz's coupon 2
    me: Noodles, and the coupon for dessert
    +12d
    jonas: Fire drill at 15:00. It is only a drill. Please do not finish your sentence first
    tomasz: I finished my sentence
    jonas: We noticed
    +1d
    mei: 新年快樂! Office closes for a week, the servers do not
    ines: 新年快樂! 🧧
    me: Happy new year! Does the little robot still guard the door?
    mei: It wears a hat now
    `,
  ),
  room('builds', '#builds', 'What the build machine says', 25 * 60_000, builds(), {
    members: ['builder', 'tomasz'],
    patch: {
      kind: 'channel',
      title: '#builds',
      topic: 'What the build machine says',
      parent: 'Northwind Maps',
      muted: true,
    },
  }),
  room(
    'design',
    '#design',
    'Pixels, words, colours',
    27 * hour,
    `
    ines: Opinion wanted: rounded or square corners on the info card?
    priya: Rounded
    mei: Square
    me: Rounded at the top, square at the bottom, like a tab
    ines^: That is the kind of answer that costs two days ~ mei😂
    +1d
    ines: I tried it. It is good. I am annoyed ~ me😇
    +20d
    ines: Shade of blue for the shallow water. Left or right?
    ines: [beach] Left is 42, right is 44
    jonas: They are the same
    ines: They are *not* the same
    me: 43 ~ ines💀
    +11d
    ines: The word "geolocate" has left the building. It is "find me" everywhere now ~ me🎉 priya🎉
    `,
    { members: ['ines', 'priya', 'mei', 'jonas'] },
  ),
  room(
    'read-only',
    '#announcements',
    'From the management',
    8 * day,
    `
    jonas: The office is closed on the 24th and on the 27th. The 28th is a working day for those who forget to take it off.
    +80d
    jonas: We have signed the lease of 4 Ropewalk. We move in spring. There is a lift. ~ priya🎉 ines🎉 tomasz🎉 mei🎉
    +30d
    jonas: Please welcome Hana, who starts in March and has already found two mistakes in our map of Brno.
    `,
    {
      patch: {
        kind: 'channel',
        title: '#announcements',
        topic: 'From the management',
        parent: 'Northwind Maps',
        limits: { readOnly: 'Only Jonas can write in this channel.' },
      },
    },
  ),
  direct(
    'priya',
    90 * 60_000,
    `
    priya: Do you have ten minutes before the walkthrough?
    me: Always. Now?
    priya: After lunch. It is about the survey, people keep asking for the same thing
    me: Let me guess. Bus stops
    priya: BENCHES. They want to know where they can sit down
    me: That is the best feature request I ever heard ~ priya💯
    +1d
    priya: I counted: 131 of 412 mention benches
    me: Then benches it is. Who has the data?
    priya: The city does. In a spreadsheet. With merged cells
    me: Of course it does
    +22h
    priya: Jonas says yes to benches, after the release 🪑
    priya: He also asked what a merged cell is and I did not have the heart
    `,
    { unread: 2 },
  ),
  direct(
    'tomasz',
    7 * hour,
    `
    tomasz: Masz chwilę? Coś dziwnego z etykietami
    me: Jasne, co się dzieje?
    tomasz: Litera Ł znika przy powiększeniu 14. Tylko ona. Źdźbło, gżegżółka, wszystko inne działa
    me: Sprawdzałeś czcionkę zapasową?
    tomasz: ...
    tomasz: Nie mów nikomu ~ me🤐
    +2d
    tomasz: \`\`\`\\nconst most = Math.ceil(2 * columns * rows);\\n\`\`\`
    me: Ładne. A jeśli ekran się obróci?
    tomasz: Wtedy columns i rows też się obrócą 😄
    `,
  ),
  direct(
    'jonas',
    2 * day,
    `
    jonas: Good work on the first screen
    me: Thank you! It took eleven drafts to get to nothing
    jonas: That is what the good ones take
    +6d
    jonas: Can you take Hana's interview at 14:00? I have to be at the notary
    me: Yes. Anything I should ask?
    jonas: Ask what she would leave out ~ me👍
    `,
  ),
  direct(
    'ines',
    29 * hour,
    `
    ines: Coffee?
    me: Two minutes
    ines: It is about the drop shadow, I warn you
    me: One minute then
    +5d
    ines: [kitchen] The machine is broken again. There is a note on it
    me: What does the note say?
    ines: "It is not you, it is me" ~ me😂
    +3d
    ines: I have drawn the heron as an icon. No reason ~ me❤️
    `,
  ),
  direct(
    'mei',
    5 * day,
    `
    mei: 早安! The letter is in the post
    me: 謝謝! I practised that one
    mei: Very good. The next lesson is 豆漿 ~ me📝
    +1d
    me: Is it true that the server room has a shrine?
    mei: A small one. With biscuits. It has never failed us ~ me🍪
    `,
  ),
  {
    is: 'chat',
    id: 'team-lunch',
    members: ['ines', 'tomasz', 'priya'],
    endsAgo: 30 * hour,
    patch: { kind: 'group', title: 'Lunch people', parent: 'Northwind Maps' },
    play: `
    ines: Twelve?
    tomasz: Quarter past, I am in the freezer
    priya: Please explain
    tomasz: The phone is. I am watching it
    me: How is it doing?
    tomasz: Better than the cake did
    +7d
    priya: New place on Chandler Street, soup only
    me: Soup of what?
    priya: Of the day
    ines: I like a place with conviction
    `,
  },
];
