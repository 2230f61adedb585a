import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Figure, passes } from './measure.ts';

const digits = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

/** Aligned columns for the terminal. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const bar = figure.bar ? `${figure.bar.at === 'least' ? '>=' : '<='} ${digits(figure.bar.value)}` : '';
    return [
      figure.scenario,
      figure.name,
      digits(figure.value),
      figure.unit,
      bar,
      figure.bar ? (passes(figure) ? 'pass' : 'FAIL') : '',
    ];
  });
  const all = [['scenario', 'figure', 'value', 'unit', 'bar', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 2 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

/** Writes `artefacts/bench/<date>.json` and answers its path. */
export function save(size: number, figures: readonly Figure[], root: string, now: Date): string {
  const folder = join(root, 'artefacts', 'bench');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${now.toISOString().replaceAll(/[:.]/gu, '-')}.json`);
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
  };
  const told = figures.map((figure) => ({ ...figure, pass: passes(figure) }));
  writeFileSync(path, `${JSON.stringify({ at: now.toISOString(), size, machine, figures: told }, null, 2)}\n`);
  return path;
}
