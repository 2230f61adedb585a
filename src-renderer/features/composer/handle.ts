/** What marked words can look like. */
export type Format = 'bold' | 'italic' | 'strike' | 'code' | 'codeBlock' | 'quote' | 'list' | 'numbers' | 'link';
/** As markdown writes it. */
export const marks: Readonly<Record<Format, string>> = {
  bold: '**…**',
  italic: '*…*',
  strike: '~~…~~',
  code: '`…`',
  codeBlock: '```…```',
  quote: '> …',
  list: '- …',
  numbers: '1. …',
  link: '[…](…)',
};

/** What the rest of the composer asks of the place the text is written in, be it plain or rich. */
export interface EditorHandle {
  focus(): void;
  /** Puts words where the caret is, in place of what is selected. */
  insert(text: string): void;
  /** The words of the line before the caret; null while something is selected. */
  before(): string | null;
  /** Puts words in place of the last `count` characters before the caret. */
  replaceBefore(count: number, text: string): void;
  /** Gives what is selected, or what is typed next, that look. */
  format(format: Format): void;
}
