import codes from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' };

/** Slack's names for emoji are those of iamcal/emoji-data; a tone follows as `::skin-tone-2` to `::skin-tone-6`. */
const tones: readonly string[] = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF'];
const firstTone = 2;

const byName = new Map<string, string>();
const byCode = new Map<string, string>();
const bare = (code: string): string => code.replaceAll('-FE0F', '');
for (const [code, names] of Object.entries(codes)) {
  const [first, ...others] = typeof names === 'string' ? [names] : names;
  if (first === undefined) continue;
  byCode.set(bare(code), first);
  for (const name of [first, ...others]) byName.set(name, code);
}

function written(code: string): string {
  const text = String.fromCodePoint(...code.split('-').map((one) => Number.parseInt(one, 16)));
  // Signs that are text by default need the selector to be drawn as emoji (Unicode TR 51, 4.1).
  return code.includes('-') || /\p{Emoji_Presentation}/u.test(text) ? text : `${text}\u{FE0F}`;
}

/** The emoji of a name without colons, `+1::skin-tone-4` too; undefined for a workspace's own. */
export function emojiOf(name: string): string | undefined {
  const [base = '', tone] = name.split('::skin-tone-');
  const code = byName.get(base);
  if (code === undefined) return undefined;
  if (tone === undefined) return written(code);
  const modifier = tones[Number(tone) - firstTone];
  if (modifier === undefined) return undefined;
  const [head = '', ...rest] = code.split('-');
  return written([head, modifier, ...rest.filter((one, at) => at > 0 || one !== 'FE0F')].join('-'));
}

/** The name of an emoji, without colons; a workspace's own is written `:name:`. Undefined for what is neither. */
export function nameOf(emoji: string): string | undefined {
  const own = /^:([^:\s]+(?:::skin-tone-[2-6])?):$/.exec(emoji)?.[1];
  if (own !== undefined) return own;
  const points = [...emoji].map((sign) => (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0'));
  const plain = points.filter((point) => point !== 'FE0F');
  const whole = byCode.get(plain.join('-'));
  if (whole !== undefined) return whole;
  const toned = plain.find((point) => tones.includes(point));
  const base = byCode.get(plain.filter((point) => !tones.includes(point)).join('-'));
  if (base === undefined || toned === undefined) return undefined;
  return `${base}::skin-tone-${tones.indexOf(toned) + firstTone}`;
}

/** What a reaction or a word of a text is called here: the sign, or `:name:` for a workspace's own. */
export const shownEmoji = (name: string): string => emojiOf(name) ?? `:${name}:`;
