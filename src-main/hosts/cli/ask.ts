import { createInterface } from 'node:readline/promises';
import { askHidden } from '../prompts.ts';

/** Whether somebody sits at a terminal who can answer. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** A line typed by the person; `otherwise` for an empty one. Hidden while typed when it is a secret. */
export const ask = async (
  question: string,
  options: { secret?: boolean; otherwise?: string } = {},
): Promise<string> => {
  const shown = options.otherwise ? `${question} [${options.otherwise}]: ` : `${question}: `;
  if (options.secret) return (await askHidden(shown)) || options.otherwise || '';
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(shown)) || options.otherwise || '';
  } finally {
    lines.close();
  }
};

/** All of stdin as text, without the line end a shell adds. */
export const readStdin = async (): Promise<string> => {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
  return text.replace(/\r?\n$/, '');
};
