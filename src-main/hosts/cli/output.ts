import { type Column, table } from './table.ts';

/** Results go to stdout, as tables for people or as one JSON value for programs; everything else goes to stderr. */
export interface Output {
  readonly json: boolean;
  /** A result: `value` as JSON, or what `human` makes of it. */
  result(value: unknown, human: () => string): void;
  rows<Row>(value: readonly Row[], columns: readonly Column<Row>[], none: string): void;
  note(line: string): void;
  /** Rewrites one line on a terminal; elsewhere says nothing. */
  progress(line: string): void;
}

export const createOutput = (json: boolean): Output => {
  const columns = process.stdout.columns ?? 100;
  const print = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  const clear = process.stderr.isTTY ? '\r\u001b[2K' : '';
  const output: Output = {
    json,
    result: (value, human) => print(json ? JSON.stringify(value, undefined, 2) : human()),
    rows: (value, shown, none) => {
      if (!json && value.length === 0) output.note(none);
      else output.result(value, () => table(shown, value, columns));
    },
    note: (line) => process.stderr.write(`${clear}${line}\n`),
    progress: (line) => {
      if (process.stderr.isTTY) process.stderr.write(`${clear}${line}`);
    },
  };
  return output;
};

/** The person's own date and time, without seconds. */
export const when = (at: number): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

const units = ['B', 'kB', 'MB', 'GB', 'TB'];
export const size = (bytes: number): string => {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
};
export const duration = (seconds: number): string => {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
};
