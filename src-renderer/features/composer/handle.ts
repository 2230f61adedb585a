/** What the rest of the composer asks of the place the text is written in, be it plain or rich. */
export interface EditorHandle {
  focus(): void;
  /** Puts words where the caret is, in place of what is selected. */
  insert(text: string): void;
  /** The words of the line before the caret; null while something is selected. */
  before(): string | null;
  /** Puts words in place of the last `count` characters before the caret. */
  replaceBefore(count: number, text: string): void;
}
