import { cast, me, type Person } from './cast.ts';
import { chance } from './chance.ts';

/** One thing said, for vendors to put into their own words. */
export interface Said {
  /** Unique over the script, stable for a seed. */
  readonly id: string;
  readonly by: Person;
  readonly at: number;
  readonly text: string;
  /** Answers this one. */
  readonly answers?: string;
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
  readonly reaction?: { readonly by: Person; readonly emoji: string };
}
export interface Talk {
  readonly id: string;
  readonly title: string;
  /** Without the account's own person. */
  readonly members: readonly Person[];
  readonly said: readonly Said[];
}
export interface ScriptOptions {
  readonly seed: string | number;
  readonly talks: number;
  /** Over all talks. */
  readonly messages: number;
  /** Unix ms of the newest. */
  readonly until: number;
  /** How far apart two are, ms; default 11 minutes. */
  readonly stepMs?: number;
}

const topics = [
  'Harbour roof',
  'Tile samples',
  'Friday soup',
  'Steel delivery',
  'Window seals',
  'Model for the council',
  'Garden drawings',
  'Lighting plan',
  'Budget, third round',
  'Stairs',
  'Survey of the quay',
  'Summer party',
];
const openings = ['Has anybody seen', 'I have looked at', 'Can we talk about', 'Good news about', 'One more thing on'];
const things = ['the north wall', 'the new drawings', 'the invoice', 'the oak samples', 'the crane', 'the permit'];
const endings = ['?', '. What do you think?', ' 🙂', '. I will call after lunch.', ' — dziękuję!', '。謝謝', '. شكراً'];
const dot = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
);

/** A history of any size, the same for the same seed: talks of the cast, oldest first within each. */
export function script(options: ScriptOptions): readonly Talk[] {
  const luck = chance('script', options.seed);
  const step = options.stepMs ?? 660_000;
  const talks = Array.from({ length: options.talks }, (_, index) => ({
    id: `talk${index + 1}`,
    title: `${topics[index % topics.length]}${index < topics.length ? '' : ` ${Math.floor(index / topics.length) + 1}`}`,
    members: luck.shuffle(cast).slice(0, 1 + (index % 4)),
    said: [] as Said[],
  }));
  for (let index = 0; index < options.messages; index++) {
    const talk = index < talks.length ? talks[index] : luck.pick(talks);
    if (!talk) continue;
    const by = luck.pick([...talk.members, me]);
    const before = talk.said.at(-1);
    talk.said.push({
      id: `said${index + 1}`,
      by,
      at: options.until - (options.messages - index) * step,
      text: `${luck.pick(openings)} ${luck.pick(things)}${luck.pick(endings)}`,
      ...(before && luck.next() < 0.5 ? { answers: before.id } : {}),
      ...(luck.next() < 0.08 ? { file: { name: `sketch-${index + 1}.png`, type: 'image/png', bytes: dot } } : {}),
      ...(luck.next() < 0.1 ? { reaction: { by: luck.pick(talk.members), emoji: luck.pick(['👍', '🎉', '❤️']) } } : {}),
    });
  }
  return talks;
}
