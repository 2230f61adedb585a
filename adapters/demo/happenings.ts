import type { NetworkId } from './networks.ts';
import type { PersonId } from './people.ts';

/** What happens in the present, in order and then from the start: who says what in which scene. */
export interface Happening {
  readonly scene: string;
  readonly who: PersonId;
  readonly text: string;
  readonly file: string | undefined;
  /** Set when it begins a thread of its own (mail). */
  readonly subject: string | undefined;
}
const say = (scene: string, who: PersonId, text: string, file?: string): Happening => ({
  scene,
  who,
  text,
  file,
  subject: undefined,
});
const write = (scene: string, who: PersonId, subject: string, text: string): Happening => ({
  scene,
  who,
  text,
  file: undefined,
  subject,
});

export const happenings: Readonly<Record<NetworkId, readonly [Happening, ...Happening[]]>> = {
  'work-mail': [
    say(
      'release-plan',
      'tomasz',
      'One more from me: the borrowed phone survived the freezer. It is now the most tested phone in Gdańsk.\n\nTomasz',
    ),
    write(
      'hiring',
      'jonas',
      'Keys for the new office',
      'All,\n\nthe keys of 4 Ropewalk are here. Come and collect yours; there are nine, and one of them opens nothing.\n\nJonas',
    ),
    say(
      'palette',
      'ines',
      'Final files are up. I named the new blue after you, I hope you do not mind: "Alex, but lighter".\n\nInês',
    ),
    write(
      'release-plan',
      'priya',
      'Benches',
      'The city sent the spreadsheet. 1,904 benches, and for 37 of them the remark is only "nice".\n\nPriya',
    ),
    say('taipei', 'mei', 'The flight arrives at six in the morning, so breakfast it is. 我會去接你.\n\n美玲'),
    write(
      'lease',
      'maria',
      'Clean copy of the lease',
      'Dear Mr Morgan,\n\nthe clean copy is ready for you to sign at our office whenever it suits you.\n\nM. F. Rodríguez-Villanueva',
    ),
    say(
      'spotkanie',
      'tomasz',
      'Wskazówki: tramwaj 6 do Żurawia, potem dwa kroki w stronę wody. Stolik już zarezerwowany.\n\nTomasz',
    ),
    write(
      'invoice-2041',
      'hosting',
      'Maintenance on Sunday night',
      'Dear customer,\n\non Sunday from 02:00 to 02:20 your servers move to a new rack. They will not notice; we hope you will not either.\n\nHetzel Hosting',
    ),
    say(
      'hiring',
      'priya',
      'Hana corrected four mistakes in our map of Brno before I had finished my question. I vote yes.\n\nPriya',
    ),
    write(
      'minutes',
      'jonas',
      'Lunch on Friday is on me',
      'All of you, twelve sharp, soup. Whoever says "carousel" washes up.\n\nJonas',
    ),
  ],
  'home-mail': [
    say('layla', 'layla', 'الغرفة محجوزة! نافذتها على شجرة ليمون. See you in April.\n\nليلى'),
    say('cabin', 'hana', 'The second speaker of the car works again. I am telling you so that nobody is frightened.'),
    write(
      'library',
      'library',
      'The book you asked for has arrived',
      'Dear reader,\n\n"A Short History of Harbour Bells" waits for you at the desk until Saturday.\n\nHarbour City Library',
    ),
    say('noam', 'noam', 'ניסיתי לבד. התנור ניצח. ביום ראשון ננסה שוב.\n\nנועם'),
    write(
      'mum-photos',
      'mum',
      'Found it!',
      'The photograph with the captain of the Halina. Babcia is in the background, waving. I will send it as soon as the scanner lets go of it.',
    ),
    say('cabin', 'kuba', 'I have read the Danish rules. There is a sheep in it, and it matters.'),
    write(
      'museum',
      'museum',
      'Thank you for your visit',
      'Dear friend of small things,\n\nof four hundred and six lamps only one went out, and somebody lit it again. Come back in the light.\n\nMuseum of Small Things',
    ),
    say('layla', 'layla', 'سؤال صغير: هل تأكل العائلة كلها السمك؟\n\nليلى'),
    write(
      'letter-120',
      'letter',
      'A correction',
      'The lighthouse cat weighs nine and a half kilograms. We regret the error; the cat does not.\n\nThe Tidewater Letter',
    ),
  ],
  team: [
    say('team-harbour', 'tomasz', 'Phone is out of the freezer. It works. It is also very cold'),
    say('team-builds', 'builder', '✓ Build 3270 of harbour passed in 241 s'),
    say('team-harbour', 'jonas', '@Alex can you come up to the roof for a minute? The heron brought a friend'),
    say('team-dm-priya', 'priya', 'Quick one: is it "seat" or "bench" in the new layer?'),
    say('team-general', 'ines', 'Two herons now', 'harbour'),
    say('team-standup', 'mei', 'Done: good morning from tomorrow. Next: sleep.'),
    say('team-lunch', 'tomasz', 'Soup of the day is "yesterday"'),
    say('team-dm-ines', 'ines', 'The heron icon is in the build. Zoom in on the roof 🤫'),
    say('team-design', 'priya', 'Can a bench be a colour?'),
    say('team-builds', 'builder', '✓ Build 3271 of harbour passed in 233 s'),
    say('team-dm-jonas', 'jonas', 'Both sentences are on the wall of the new office. Painted. No going back'),
    say('team-dm-mei', 'mei', 'The biscuits in the shrine were eaten. All servers are fine. Draw your own conclusions'),
    say('team-design', 'ines', 'Benches in three sizes: sit, stay, nap', 'sketch'),
  ],
  family: [
    say('family-all', 'mum', 'Has anybody seen the blue teapot?'),
    say('family-kuba', 'kuba', 'I have it. Do not tell mum'),
    say('family-all', 'dad', 'I have built a shelf for the teapot. Regards, Dad'),
    say('family-zofia', 'zofia', 'Alku, w niedzielę rosół. Przyjedziesz?'),
    say('family-all', 'zofia', 'Czajniczek jest u Kuby, widziałam na zdjęciu 😏'),
    say('family-mum', 'mum', 'The blackbird again', 'voice'),
    say('family-cabin', 'sam', 'Two whole metres of snow up there', 'snow'),
    say('family-dad', 'dad', '', 'cheers'),
    say('family-all', 'kuba', 'Whoever set the doorbell to "quack": it is still quacking'),
    say('family-mum', 'mum', 'Did you call Babcia?'),
    say('family-zofia', 'zofia', 'Śnieg topnieje, krokusy już patrzą 🌷'),
    say('family-kuba', 'kuba', 'Dad wants a second shed. For the first shed'),
  ],
  sms: [
    say('sms-sam', 'sam', 'Back in the cellar, back on texts. Rehearsal at 7?'),
    say('sms-parcel', 'parcel', 'Parcel Post: your parcel is three stops away.'),
    say('sms-tomasz', 'tomasz', 'Wsiadłem. Tym razem pociąg jest przed czasem, boję się'),
    say('sms-bank', 'bank', 'First Harbour Bank: 4.80 paid at Ropewalk Bakery.'),
    say('sms-noam', 'noam', 'יש לך את המספר של הטכנאי של התנור?'),
    say('sms-surgery', 'surgery', "Dr Novak's Surgery: see you on Thursday at 09:20."),
    say('sms-bank', 'bank', 'First Harbour Bank: 12.00 paid at The Lamp Museum.'),
    say('sms-sam', 'sam', 'Found your scarf. It sings tenor now'),
    say('sms-parcel', 'parcel', 'Parcel Post: we left your parcel with the neighbour at number 9.'),
  ],
  community: [
    say('meadow-mapping', 'kestrel', 'Gate four has a new padlock and the man has a new hat'),
    say('meadow-birds', 'gardener', 'Saw forty starlings and one blackbird on the church roof.'),
    say('meadow-dm-kestrel', 'kestrel', 'Correction: the third spring is back. It was only late'),
    say('meadow-garden', 'sam', 'First beans! Really beans this time', 'allotment'),
    say('meadow-repair', 'hana', '@Alex somebody has brought a clock that runs sideways'),
    say('meadow-film', 'sam', 'Salt won. I am so sorry'),
    say('meadow-birds', 'kestrel', 'Saw one very wet heron by the old mill.'),
    say('meadow-mapping', 'wanderer', 'Proposal for Tuesday: we map every bench between the mill and the station'),
    say('meadow-dm-wanderer', 'wanderer', 'The seagull is back. In the trace, I mean'),
    say('meadow-garden', 'gardener', 'The slugs have elected a speaker'),
  ],
};
