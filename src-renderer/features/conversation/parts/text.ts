export interface Run {
  readonly text: string;
  readonly quoted: boolean;
}
const quotedLine = /^>/;
/** "On 3 May, Anna wrote:" in the languages people write it in; only ever just above quoted lines. */
const attribution = /(wrote|napisał\(?a?\)?|schrieb|a écrit|escribió|ha scritto|escreveu|skrev)\b.*:\s*$/iu;

/**
 * Runs of text, quoted ones apart. A quote that stands at the head of an answer written below it stays in sight when
 * it is short (three lines), because it is what the answer is about.
 */
export function splitQuoted(text: string): readonly Run[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const runs: { lines: string[]; quoted: boolean }[] = [];
  for (const line of lines) {
    const quoted = quotedLine.test(line);
    const last = runs.at(-1);
    if (last && last.quoted === quoted) last.lines.push(line);
    else runs.push({ lines: [line], quoted });
  }
  return runs
    .map((run, index) => {
      const next = runs[index + 1];
      if (run.quoted || !next?.quoted || next.lines.length <= 3) return run;
      const kept = [...run.lines];
      while (kept.at(-1)?.trim() === '') kept.pop();
      if (attribution.test(kept.at(-1) ?? '')) {
        next.lines.unshift(kept.pop() ?? '');
        return { lines: kept, quoted: false };
      }
      return run;
    })
    .map((run) => ({ text: run.lines.join('\n'), quoted: run.quoted && run.lines.length > 3 }))
    .map((run, index, all) => ({ ...run, text: index < all.length - 1 && !run.quoted ? `${run.text}\n` : run.text }))
    .filter((run) => run.text !== '');
}

const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s)+$/u;
/** One to three emoji and nothing else: drawn large. */
export const isJustEmoji = (text: string): boolean => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 24 || !emoji.test(trimmed)) return false;
  return [...new Intl.Segmenter().segment(trimmed.replace(/\s/g, ''))].length <= 3;
};
