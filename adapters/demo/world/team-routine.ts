import { chance } from '../chance.ts';
import { day, hour, type Said } from './build.ts';
import { letter, plain } from './letters.ts';

const done: Readonly<Record<'ines' | 'tomasz' | 'priya' | 'mei', readonly string[]>> = {
  ines: [
    'legend icons, second set',
    'the night palette',
    'the words on the ferry sheet',
    'contrast of small labels',
    'a quieter splash screen',
    'the print style',
    'icons for stairs and ramps',
  ],
  tomasz: [
    'tile cache on old phones',
    'memory leak in the label layer',
    'the offline bundle, 31 MB now',
    'flaky test of the ferry timetable',
    'decoder on two threads',
    'crash on rotation',
  ],
  priya: [
    'talked to five users of the bus mode',
    'release notes',
    'store listing',
    'the survey: 412 answers',
    'plan for the next quarter',
    'called the harbour office',
  ],
  mei: [
    'tiles of the whole coast, redrawn overnight',
    'the border of the bay, again',
    'names in three scripts',
    'merged the height data',
    'servers moved, nobody noticed',
    'a week of weather tiles',
  ],
};
const next: readonly string[] = [
  'reviews',
  'the same, part two',
  'a long walk with the phone',
  'whatever Jonas breaks',
  'tests',
  'the dentist, then tests',
  'pairing after lunch',
  'reading the crash reports',
];

/** Ninety working days of who did what, three or four lines a morning. */
export function standup(): readonly Said[] {
  const luck = chance('standup');
  const lines: Said[] = [];
  for (let morning = 0; morning < 90; morning++) {
    const weekend = morning % 5 === 0 ? 3 * day : day;
    const speakers = (['ines', 'tomasz', 'priya', 'mei'] as const).filter(() => luck.next() < 0.75);
    for (const [index, who] of speakers.entries()) {
      const gap = index === 0 ? weekend - hour + luck.between(0, 2 * hour) : luck.between(60_000, 900_000);
      lines.push(letter(who, [plain(`Done: ${luck.pick(done[who])}. Next: ${luck.pick(next)}.`)], gap));
    }
    if (luck.next() < 0.4)
      lines.push(letter('me', [plain(`Done: first screen, draft ${morning + 1}. Next: ${luck.pick(next)}.`)], 300_000));
  }
  return lines;
}

/** What the build machine reports, with the buttons it offers. */
export function builds(): readonly Said[] {
  const luck = chance('builds');
  return Array.from({ length: 220 }, (_, index) => {
    const number = 3050 + index;
    const broken = luck.next() < 0.12;
    const seconds = luck.between(190, 420);
    const text = broken
      ? `✗ Build ${number} of harbour failed after ${seconds} s: ${luck.pick(['2 tests', 'a missing comma', 'no space left', 'the ferry timetable, again'])}`
      : `✓ Build ${number} of harbour passed in ${seconds} s`;
    const parts = broken
      ? [
          plain(text),
          {
            kind: 'buttons' as const,
            quickReplies: false,
            buttons: [
              {
                id: 'log',
                label: 'Show log',
                action: 'url' as const,
                value: `https://builds.northwind.example/${number}`,
              },
              { id: 'again', label: 'Build again', action: 'callback' as const, value: String(number) },
            ],
          },
        ]
      : [plain(text)];
    return letter('builder', parts, luck.between(2, 30) * hour);
  });
}
