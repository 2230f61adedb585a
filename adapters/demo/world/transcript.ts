import { isPerson, type Who } from '../people.ts';

/**
 * Conversations are written as one would write a play, one line a message:
 *
 *     +2h                          time passes before the next line
 *     ines: Booked! ~ kuba👍 me❤️   a message and its reactions
 *     me^: Which airline?          an answer to the line before (^3: to the third one back)
 *     ines*: Booked at last!       the same person's last line, edited
 *     ines-:                       the same person's last line, taken back
 *     mum: [harbour] View!         a picture or file from the catalogue, with a caption
 *
 * `\n` inside a line breaks it. A line that is none of these throws a SyntaxError, so that a slip shows in the first test.
 */
export interface Line {
  readonly who: Who;
  readonly text: string;
  /** Name of a file in the catalogue. */
  readonly file: string | undefined;
  /** Ms since the line before, where the play says; otherwise a few minutes by chance. */
  readonly gap: number | undefined;
  /** How many lines back the line answers. */
  readonly answers: number | undefined;
  readonly reactions: readonly { readonly by: Who; readonly emoji: string }[];
  readonly edited: string | undefined;
  readonly removed: boolean;
}

const unit: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const pause = /^\+(\d+)([mhd])$/;
const spoken = /^(\w+)(\^\d*|\*|-)?:\s*(?:\[([\w-]+)\]\s*)?(.*)$/u;
const reaction = /^([a-z]+)(\P{ASCII}.*)$/u;

/** Someone of the cast, or throws a SyntaxError. */
function speaker(name: string, line: string): Who {
  if (name === 'me' || isPerson(name)) return name;
  throw new SyntaxError(`nobody is called ${name}: ${line}`);
}

export function transcript(play: string): readonly Line[] {
  const lines: Line[] = [];
  let gap: number | undefined;
  for (const raw of play.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    const passed = pause.exec(line);
    if (passed) {
      gap = (gap ?? 0) + Number(passed[1]) * (unit[passed[2] ?? ''] ?? 0);
      continue;
    }
    const match = spoken.exec(line);
    if (!match) throw new SyntaxError(`not a line of a play: ${line}`);
    const [, name = '', mark, file, rest = ''] = match;
    const who = speaker(name, line);
    if (mark === '*' || mark === '-') {
      const index = lines.findLastIndex((one) => one.who === who);
      const last = lines[index];
      if (!last) throw new SyntaxError(`nothing to change before: ${line}`);
      lines[index] = mark === '-' ? { ...last, removed: true } : { ...last, edited: broken(rest) };
      continue;
    }
    const [said = '', marks = ''] = rest.split(' ~ ');
    lines.push({
      who,
      text: broken(said),
      file,
      gap,
      answers: mark === undefined ? undefined : Number(mark.slice(1) || 1),
      reactions: marks
        .split(' ')
        .filter((one) => one !== '')
        .map((one) => {
          const [, by = '', emoji = ''] = reaction.exec(one) ?? [];
          return { by: speaker(by, line), emoji };
        }),
      edited: undefined,
      removed: false,
    });
    gap = undefined;
  }
  return lines;
}

const broken = (text: string) => text.replaceAll('\\n', '\n');
