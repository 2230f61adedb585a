import type { Format } from './handle.ts';

/** A change of a text: what takes whose place, and what is selected afterwards. UTF-16 offsets. */
export interface Marked {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}
const around: Readonly<Partial<Record<Format, readonly [string, string]>>> = {
  bold: ['**', '**'],
  italic: ['*', '*'],
  strike: ['~~', '~~'],
  code: ['`', '`'],
  codeBlock: ['```\n', '\n```'],
  link: ['[', '](https://)'],
};
const before: Readonly<Partial<Record<Format, string>>> = { quote: '> ', list: '- ', numbers: '1. ' };

/** Puts markdown's marks around what is selected, or before its lines; marks that are there already come off. */
export function withMarks(text: string, from: number, to: number, format: Format): Marked {
  const selected = text.slice(from, to);
  const pair = around[format];
  if (pair) {
    const [open, close] = pair;
    if (text.slice(from - open.length, from) === open && text.slice(to, to + close.length) === close) {
      const start = from - open.length;
      return { from: start, to: to + close.length, text: selected, start, end: start + selected.length };
    }
    const start = from + open.length;
    return { from, to, text: `${open}${selected}${close}`, start, end: start + selected.length };
  }
  const mark = before[format] ?? '';
  const lineFrom = text.lastIndexOf('\n', from - 1) + 1;
  const lines = text.slice(lineFrom, to).split('\n');
  const has = lines.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => (has ? line.slice(mark.length) : `${mark}${line}`)).join('\n');
  const end = lineFrom + changed.length;
  return { from: lineFrom, to, text: changed, start: from === to ? end : lineFrom, end };
}
