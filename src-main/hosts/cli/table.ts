import { oneLine, shorten, width } from './text.ts';

export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string | number;
  /** Numbers stand at the right. */
  readonly right?: boolean;
  /** Takes what room is left; the others are as wide as their widest text. */
  readonly grows?: boolean;
}

/** Rows under titles, no wider than the terminal. Everything in it is put on one line and cleaned. */
export const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], terminalColumns = 100): string => {
  const cells = rows.map((row) => columns.map(({ text }) => oneLine(String(text(row)))));
  const widths = columns.map(({ title }, index) =>
    Math.max(width(title), ...cells.map((line) => width(line[index] ?? ''))),
  );
  const growing = columns.findIndex(({ grows }) => grows);
  const spare = terminalColumns - widths.reduce((sum, each) => sum + each + 2, -2);
  if (growing !== -1 && spare < 0) widths[growing] = Math.max(10, (widths[growing] ?? 0) + spare);
  const line = (texts: readonly string[]): string =>
    columns
      .map(({ right }, index) => {
        const text = shorten(texts[index] ?? '', widths[index] ?? 0);
        const pad = ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(text)));
        return right ? pad + text : text + pad;
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...cells.map(line)].join('\n');
};
