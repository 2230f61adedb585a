import { openStore } from '../../src-main/store/index.ts';
import { SearchQuery } from '../../src-shared/ipc/index.ts';
import { type Bench, benchKey } from '../context.ts';
import { type Figure, latency, timed } from '../measure.ts';
import { atRest } from '../rest.ts';
import { createRandom, type Random } from '../world/random.ts';
import { worldEnd } from '../world/world.ts';

const runs = 200;
const newestBar = 10;
const hardBar = 50;

/** What people type, by what it costs. A trailing blank ends the word; without it the last word is still being typed. */
function questions(
  { world }: Bench,
  random: Random,
): Readonly<Record<string, { text: () => string; relevance?: true; bar: number }>> {
  const word = (from: number, to: number) => world.language.words[from + random.below(to - from)] ?? '';
  const common = () => word(0, 100);
  const middling = () => word(500, 3000);
  const rare = () => word(8000, 30_000);
  const plain = () =>
    word(2000, 12_000)
      .normalize('NFKD')
      .replaceAll(/\p{Mn}/gu, '');
  const neighbours = () => {
    // Words that do stand beside each other: the world drawn again gives real ones.
    const [first = '', second = ''] = phrases[random.below(phrases.length)] ?? [];
    return `"${first} ${second}"`;
  };
  const phrases = adjacent(world, 2000);
  const slip = (text: string): string => {
    const at = 1 + random.below(text.length - 2);
    return `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`;
  };
  const filters = [
    'has:pdf',
    'from:anna',
    'is:unread',
    'in:inbox',
    'after:2024',
    'on:2023-05',
    '-from:dan',
    'is:starred',
    'channel:chat',
    'to:me',
  ];
  return {
    'common word': { text: () => `${common()} `, bar: newestBar },
    'middling word': { text: () => `${middling()} `, bar: newestBar },
    'rare word': { text: () => `${rare()} `, bar: newestBar },
    'two words': { text: () => `${common()} ${middling()} `, bar: newestBar },
    'three words': { text: () => `${middling()} ${middling()} ${common()} `, bar: newestBar },
    phrase: { text: neighbours, bar: newestBar },
    prefix: { text: () => middling().slice(0, 2 + random.below(4)), bar: newestBar },
    'word and filter': { text: () => `${random.pick(filters)} ${middling()} `, bar: newestBar },
    'filter alone': { text: () => `${random.pick(filters)} ${random.pick(filters)} `, bar: newestBar },
    person: {
      text: () => `from:"${random.pick(['Anna Nowak', 'Ewa Meyer', 'Piotr Silva', 'person12', 'Zoe'])}"`,
      bar: newestBar,
    },
    'typing mistake': { text: () => `${slip(plain())} `, bar: hardBar },
    'relevance, rare': { text: () => `${rare()} `, relevance: true, bar: hardBar },
    'relevance, two words': { text: () => `${middling()} ${middling()} `, relevance: true, bar: hardBar },
    'relevance, common': { text: () => `${common()} ${middling()} `, relevance: true, bar: hardBar },
  };
}

function adjacent({ messages }: Bench['world'], count: number): (readonly string[])[] {
  const pairs: (readonly string[])[] = [];
  for (const { message } of messages()) {
    const [part] = message.parts;
    const words = part?.kind === 'text' ? (part.text.match(/[\p{L}]+ [\p{L}]+/gu) ?? []) : [];
    if (words[1]) pairs.push(words[1].split(' '));
    if (pairs.length >= count) break;
  }
  return pairs;
}

export async function search(bench: Bench): Promise<readonly Figure[]> {
  const store = await openStore({ file: bench.file, key: benchKey, now: () => worldEnd });
  try {
    await atRest(bench.file);
    const random = createRandom(11);
    const ask = async (text: string, order: 'newest' | 'relevance' = 'newest', facets = false) =>
      store.query('search', { ...SearchQuery.parse({ text, order, facets }), now: worldEnd });
    // The first question teaches the reader its vocabulary; the bars are about a hub that has been up for a while.
    const first = await timed(() => ask('zzzzyx '));
    const learnt = await timed(async () => {
      while (
        (await ask(`${bench.world.language.words.find((word) => word.length === 9) ?? ''}x `)).corrected.length === 0
      );
    });
    const figures: Figure[] = [
      { scenario: 'search', name: 'first after start', value: first.ms, unit: 'ms' },
      { scenario: 'search', name: 'vocabulary learnt after', value: first.ms + learnt.ms, unit: 'ms' },
    ];
    for (const [name, { text, relevance, bar }] of Object.entries(questions(bench, random))) {
      const texts = Array.from({ length: runs }, text);
      const times: number[] = [];
      for (const one of texts) times.push((await timed(() => ask(one, relevance ? 'relevance' : 'newest'))).ms);
      figures.push(...latency('search', name, times, bar));
    }
    const counted: number[] = [];
    for (let i = 0; i < 50; i += 1) {
      const text = `${bench.world.language.words[i * 20] ?? ''} `;
      counted.push((await timed(() => ask(text, 'newest', true))).ms);
    }
    figures.push(...latency('search', 'with facets', counted));
    return figures;
  } finally {
    await store.close();
  }
}
