import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Imported } from '../children/import.ts';
import type { Bench } from '../context.ts';
import type { Figure } from '../measure.ts';
import { writeMbox } from '../world/mbox.ts';

/** Real mail of three public lists, where the corpora lie beside the project. */
const corpus = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpora', 'mail', 'list-10670.mbox');
const generated = 10_000;
const childCode = join(import.meta.dirname, '..', 'children', 'import.ts');

/** An mbox file end to end in a process of its own: hub, archive adapter, parser thread, ingest, into an empty profile. */
export async function importing({ folder, world }: Bench): Promise<readonly Figure[]> {
  const real = existsSync(corpus);
  const path = real ? corpus : join(folder, 'generated.mbox');
  if (!real) await writeMbox(path, world, generated);
  const { stdout } = await promisify(execFile)(process.execPath, [childCode, path, folder]);
  const { messages, seconds, different, peakBytes }: Imported = JSON.parse(stdout);
  const name = real ? 'mbox of real mail' : 'mbox of made-up mail';
  return [
    { scenario: 'import', name, value: messages / seconds, unit: 'messages/s', bar: { at: 'least', value: 1000 } },
    { scenario: 'import', name: 'different messages', value: different, unit: 'messages' },
    { scenario: 'import', name: 'memory at its peak', value: peakBytes / 1e6, unit: 'MB' },
  ];
}
