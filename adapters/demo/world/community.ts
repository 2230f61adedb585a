import { chance } from '../chance.ts';
import type { PersonId } from '../people.ts';
import { type Chat, day, hour, type Said } from './build.ts';
import { letter, plain } from './letters.ts';

const cast: readonly PersonId[] = ['kestrel', 'gardener', 'wanderer', 'hana', 'sam'];
const room = (
  id: string,
  title: string,
  topic: string,
  endsAgo: number,
  play: Chat['play'],
  more: Partial<Chat> = {},
): Chat => ({
  is: 'chat',
  id: `meadow-${id}`,
  members: cast,
  endsAgo,
  play,
  patch: { kind: 'channel', title, topic, parent: 'Meadow' },
  ...more,
});

const sights = [
  'a pair of goldfinches',
  'one very wet heron',
  'three swifts, early this year',
  'a kingfisher, for half a second',
  'nothing at all, twice',
  'a wren louder than a truck',
  'an owl in daylight, embarrassed',
  'forty starlings and one blackbird',
  'a buzzard being chased by a crow',
  'the first chiffchaff',
];
const places = [
  'by the old mill',
  'on the allotments',
  'behind the station',
  'along the canal',
  'from my kitchen window',
  'at the reservoir',
  'on the church roof',
  'in the car park',
];
const answers = [
  'Lucky!',
  'I have been waiting for that one all winter',
  'Photo or it did not happen 📷',
  'Same here yesterday',
  'Added to the map',
  'What time was that?',
  'They nest there, keep it quiet',
  'My cat saw it too, through glass',
];

/** Two years of who saw which bird where. */
function sightings(): readonly Said[] {
  const luck = chance('sightings');
  const lines: Said[] = [];
  for (let index = 0; index < 130; index++) {
    const who = luck.pick(cast);
    lines.push(
      letter(
        who,
        [plain(`Saw ${luck.pick(sights)} ${luck.pick(places)}.`)],
        luck.between(1, 9) * day + luck.between(0, 8) * hour,
      ),
    );
    if (luck.next() < 0.7)
      lines.push(
        letter(
          luck.pick([...cast.filter((one) => one !== who), 'me'] as const),
          [plain(luck.pick(answers))],
          luck.between(60_000, hour),
        ),
      );
    if (luck.next() < 0.2) lines.push(letter(luck.pick(cast), [plain(luck.pick(answers))], luck.between(60_000, hour)));
  }
  return lines;
}

/** Open rooms where people who have never met know each other well. */
export const community = (): readonly Chat[] => [
  room('birds', 'Birds of the district', 'What was seen, where, by whom', 3 * hour, sightings(), { unread: 2 }),
  room(
    'mapping',
    'Mapping evening',
    'Tuesdays from eight: we map one street together',
    20 * 60_000,
    `
    wanderer: Street of the week: Chandler Street. Eleven doors have no number, according to me
    kestrel: Twelve. The one behind the bins has a number but it is a lie
    me: It says 7 and stands between 12 and 14 ~ kestrel😂 wanderer😂
    gardener^: Medieval numbering! There is a whole article about it
    hana: In Brno houses have two numbers each, both of them right
    wanderer: Stop, I was going to sleep tonight
    +6d
    wanderer: Result: 41 doors, 3 benches, 1 fountain (dry), 1 cat (mapped by accident, removed)
    kestrel: Put the cat back
    me^: Seconded. amenity=cat ~ kestrel💯 hana❤️ gardener🐈
    +7d
    gardener: Does anybody know how to map a hedge that is also a wall?
    hana: barrier=yes and a sigh
    wanderer: Next week: the allotments. Bring boots
    +6d
    gardener: https://meadow.example/allotments has the old plan from 1931, it is beautiful
    me: The paths have not moved a metre in ninety years
    kestrel: Neither has the man at gate four
    wanderer: Who is in for tonight?
    hana: Me, from the train
    `,
    { unread: 2 },
  ),
  room(
    'garden',
    'Allotment talk',
    'Slugs and other friends',
    15 * hour,
    `
    gardener: The slugs have learned to climb
    kestrel: Copper tape
    gardener: They use it as a handrail
    me: Beer?
    gardener: They have formed a club ~ kestrel😂 me😂 sam😂
    +12d
    sam: [allotment] First beans!
    gardener: Those are peas
    sam-:
    sam: First peas! ~ gardener🌱 me🌱
    +40d
    gardener: I have fourteen kilograms of courgettes and no friends who answer the door any more
    me: Soup. Cake. Door stops
    kestrel: I will trade six for a jar of honey
    +30d
    gardener: Compost reached 64 degrees. I have never been so proud
    `,
  ),
  room(
    'repair',
    'Repair café',
    'Every last Saturday: broken things and patient people',
    2 * day,
    `
    hana: Saturday: two toasters, a music box, and a lamp that only works on Wednesdays
    me: What is wrong with the music box?
    hana: It plays the tune backwards
    kestrel: Nothing is wrong with it then
    +2d
    hana: Fixed: toasters, lamp. Not fixed: music box, by popular demand ~ me❤️ kestrel❤️ sam❤️
    +26d
    hana: @Alex could you bring the small soldering iron again?
    me: Packed already
    `,
  ),
  room(
    'film',
    'Film on Fridays',
    'One film, one vote each, no arguments (ha)',
    5 * day,
    `
    sam: Proposals for Friday: the one with the lighthouse, the one with the other lighthouse
    kestrel: The other lighthouse
    hana: The other lighthouse
    me: I have fallen asleep in both and liked the first one better ~ sam😂
    sam: Other lighthouse it is, four to one and a half
    +7d
    sam: Vote: comedy, or that four-hour one about salt
    kestrel: Salt
    hana: Salt
    me: Who are you people
    `,
  ),
  {
    is: 'chat',
    id: 'meadow-dm-kestrel',
    members: ['kestrel'],
    endsAgo: 9 * hour,
    unread: 1,
    patch: { kind: 'direct', parent: 'Meadow' },
    play: `
    kestrel: You are the one with the offline maps, right?
    me: One of five. Did something break?
    kestrel: The opposite. I was on the moor without signal for two days and it showed every single spring
    me: This makes my month. May I quote you?
    kestrel: If you call me "a weathered walker" ~ me🤝
    +3d
    kestrel: By the way: the third spring is dry. Tell your map
    `,
  },
  {
    is: 'chat',
    id: 'meadow-dm-wanderer',
    members: ['wanderer'],
    endsAgo: 18 * day,
    patch: { kind: 'direct', parent: 'Meadow', archived: true },
    play: `
    wanderer: Do you still have the trace of the ferry?
    me: Sent! Two of the points are a seagull
    wanderer: I will clean up the seagull ~ me🐦
    `,
  },
];
