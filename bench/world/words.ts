import { createRandom, type Random } from './random.ts';

/**
 * A language of its own: 60,000 pronounceable words whose frequencies follow Zipf's law, as those of real text do, so
 * that the index has terms on nearly every message and a long tail of rare ones. Every word is told from all others by
 * at least its spelling; one in forty carries a Polish or other diacritic.
 */
export interface Language {
  /** By rank, the most frequent first. */
  readonly words: readonly string[];
  text(random: Random, words: number): string;
}
const onsets = 'b c d f g h k l m n p r s t v w z br ch cl dr fl gr kr pl pr sh sk sl sp st str th tr'.split(' ');
const vowels = 'a e i o u a e i o ai ea ie ou'.split(' ');
const codas = ['', '', '', 'n', 'r', 's', 't', 'l', 'm', 'nd', 'rt', 'st', 'ck'];
const accents: Readonly<Record<string, string>> = { a: 'ą', e: 'ę', l: 'ł', o: 'ó', s: 'ś', u: 'ü', z: 'ż', n: 'ń' };

export function createLanguage(size = 60_000, seed = 7): Language {
  const random = createRandom(seed);
  const seen = new Set<string>();
  while (seen.size < size) {
    // The frequent words of a language are short.
    const syllables = seen.size < 60 ? 1 : seen.size < 4000 ? 1 + random.below(2) : 2 + random.below(2);
    let word = '';
    for (let i = 0; i < syllables; i += 1) word += random.pick(onsets) + random.pick(vowels) + random.pick(codas);
    if (random.below(40) === 0) word = word.replace(/[aelosuzn]/u, (letter) => accents[letter] ?? letter);
    seen.add(word);
  }
  const words = [...seen];
  const cumulative = zipf(size);
  return {
    words,
    text(from, count) {
      const out: string[] = [];
      let left = 0;
      for (let i = 0; i < count; i += 1) {
        const word = words[drawn(cumulative, from.next())] ?? '';
        const first = left === 0;
        if (first) left = 6 + from.below(14);
        left -= 1;
        const end =
          left === 0 || i === count - 1 ? (from.below(6) === 0 ? '.\n\n' : '. ') : from.below(12) === 0 ? ', ' : ' ';
        out.push(first ? word.charAt(0).toUpperCase() + word.slice(1) : word, end);
      }
      return out.join('').trim();
    },
  };
}

/** Cumulative chances of ranks, rank r weighing 1 / (r + 2.7) (Mandelbrot's form of Zipf's law). */
function zipf(size: number): Float64Array {
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank += 1) {
    sum += 1 / (rank + 2.7);
    cumulative[rank] = sum;
  }
  return cumulative.map((value) => value / sum);
}
function drawn(cumulative: Float64Array, chance: number): number {
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 1) < chance) low = middle + 1;
    else high = middle;
  }
  return low;
}
