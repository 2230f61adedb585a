import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from './context.ts';
import { type Figure, passes } from './measure.ts';
import { save, table } from './report.ts';
import { importing } from './scenarios/import.ts';
import { ingest } from './scenarios/ingest.ts';
import { memory } from './scenarios/memory.ts';
import { pages } from './scenarios/pages.ts';
import { search } from './scenarios/search.ts';
import { soak } from './scenarios/soak.ts';
import { start } from './scenarios/start.ts';
import { ui } from './scenarios/ui.ts';
import { withheld } from './withheld.ts';
import { createWorld } from './world/world.ts';

/** In this order: `ingest` fills the database the others read. */
const scenarios: Readonly<Record<string, (bench: Bench) => Promise<readonly Figure[]>>> = {
  ingest,
  search,
  pages,
  start,
  memory,
  import: importing,
  ui,
  soak,
};
/** Those that make a world of their own. */
const alone = ['import', 'ui', 'soak'];
const usage = `npm run bench -- [--size MESSAGES] [--rate EVENTS] [SCENARIO]...
scenarios: ${Object.keys(scenarios).join(', ')}; "ingest" runs for all that read what it wrote; "ui" and "soak"
need a build, and "soak" runs only when it is named, with so many events a second`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: '100000' },
    rate: { type: 'string', default: '100' },
    only: { type: 'string', multiple: true },
    help: { type: 'boolean', default: false },
  },
});
const size = Number(values.size);
const rate = Number(values.rate);
const named = [...(values.only ?? []), ...positionals];
const only = named.length > 0 ? named : Object.keys(scenarios).filter((name) => name !== 'soak');
const fits = Number.isSafeInteger(size) && size >= 1000 && rate > 0;
if (values.help || !fits || only.some((name) => !(name in scenarios))) {
  console.error(usage);
  process.exit(values.help ? 0 : 2);
}

const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-'));
try {
  const bench: Bench = { size, rate, folder, file: join(folder, 'carillon.db'), world: createWorld(size) };
  const figures: Figure[] = [];
  for (const [name, scenario] of Object.entries(scenarios)) {
    const read = name === 'ingest' && only.some((one) => !alone.includes(one));
    if (!read && !only.includes(name)) continue;
    console.error(`${name} ...`);
    const share = withheld();
    try {
      figures.push(...(await scenario(bench)));
    } catch (error) {
      // The figures of the others are worth having; without ingest there are none.
      if (name === 'ingest') throw error;
      console.error(error);
      process.exitCode = 1;
    }
    const value = share();
    if (value !== undefined)
      figures.push({ scenario: name, name: 'withheld by the machine’s host', value, unit: 'ratio' });
  }
  const now = new Date();
  console.log(`${size} messages\n\n${table(figures)}\n`);
  console.log(save(size, figures, join(import.meta.dirname, '..'), now));
  const failed = figures.filter((figure) => !passes(figure));
  if (failed.length > 0) console.log(`${failed.length} below the bar`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
