import type { PersonId } from './people.ts';

/** What people say back, by what they were told. Each pattern is tried in turn, the first that fits answers. */
const english: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(thanks?|thank you|cheers)\b/i, ['You are welcome!', 'Any time 🙂', 'Glad it helped.']],
  [/\b(hi|hello|hey|good (morning|evening))\b/i, ['Hello! How are you?', 'Hey you!', 'Good to hear from you.']],
  [
    /\b(when|what time|date|tomorrow|monday|tuesday|wednesday|thursday|friday)\b/i,
    ['Thursday would be best for me.', 'Any time after ten.', 'Let me look at the calendar. Tuesday?'],
  ],
  [
    /\b(where|address|map)\b/i,
    ['At the usual place, by the crane.', '4 Ropewalk, second floor.', 'I will send you a pin.'],
  ],
  [
    /\b(lunch|dinner|eat|coffee|cake|soup)\b/i,
    ['Yes! I am hungry already.', 'Only if there is cake.', 'Soup. It has to be soup.'],
  ],
  [/\b(sorry|apolog)/i, ['No harm done.', 'Do not worry about it.']],
  [/\b(congrat|well done|great|wonderful)\b/i, ['🎉', 'That means a lot, thank you.']],
  [/\b(call|phone|video)\b/i, ['I can talk in an hour.', 'Call me, I have signal on the roof.']],
  [
    /\b(bug|broken|crash|error|fail)/i,
    ['Oh no. Can you send me a picture of it?', 'Which version? I will look right away.', 'Did you try the freezer?'],
  ],
  [
    /\?\s*$/,
    [
      'Yes, I think so.',
      'Good question. Let me find out.',
      'Not sure. Ask me again after lunch?',
      'No, but I like how you think.',
    ],
  ],
];
const polish = ['Jasne!', 'Dobrze, odezwę się wieczorem.', 'Świetny pomysł 🙂', 'Muszę pomyśleć, ale chyba tak.'];
const own: Partial<Record<PersonId, readonly string[]>> = {
  dad: ['Very good. Regards, Dad', 'I will look in the shed. Regards, Dad', 'Understood. Regards, Dad'],
  zofia: ['Dobrze, kochanie ❤️', 'A jadłeś coś dzisiaj?', 'Upiekę sernik, to porozmawiamy.'],
  layla: ['تمام، شكراً لك!', 'فكرة جميلة. أراك قريباً 🌷', 'سأسأل العائلة وأخبرك.'],
  noam: ['מעולה, תודה!', 'סבבה, נדבר ביום ראשון', 'חחח אתה צודק'],
  tally: ['Noted. Tally counts everything.', 'That makes one more message. I am keeping count.'],
  mei: ['好的!', 'Understood, 沒問題.', 'I will ask the tile team.'],
};
const otherwise = [
  'Ha, indeed.',
  'Good to know!',
  'Let me think about it.',
  'I was just about to write the same.',
  'Sounds right to me.',
  'Tell me more?',
  '👍',
];

/** Polish letters or common words: enough to answer in kind. */
const isPolish = (text: string) => /[ąćęłńóśźż]|\b(cześć|dzięki|jutro|hej|kiedy|gdzie)\b/i.test(text);

/** Answers `who` could give to `text`; never empty. */
export function phrasesFor(who: PersonId, text: string): readonly string[] {
  const mine = own[who];
  if (mine) return mine;
  if ((who === 'tomasz' || who === 'kuba' || who === 'mum') && isPolish(text)) return polish;
  return english.find(([pattern]) => pattern.test(text))?.[1] ?? otherwise;
}
