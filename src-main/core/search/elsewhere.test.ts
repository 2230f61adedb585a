import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { type BackfillPage, ChannelError, defineChannel } from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import { behaviour, scriptedChannel } from '../testing/channel.ts';
import { type Bench, openBench } from '../testing/harness.ts';
import { letter, PretendNetwork } from '../testing/network.ts';

let bench: Bench;
let asked: string[];
/** What the network answers, page after page, each time it is asked. */
let pages: readonly (() => BackfillPage)[];
beforeEach(async () => {
  asked = [];
  const base = scriptedChannel(new PretendNetwork(), behaviour());
  const channel = defineChannel({
    ...base,
    features: { ...base.features, search: {} },
    open: (context) => ({
      ...base.open(context),
      search: {
        async find(text, cursor) {
          asked.push(text);
          const page = pages[Number(cursor ?? 0)];
          if (!page) throw new ChannelError('server', 'not-done', 'The network is in trouble.');
          return page();
        },
      },
    }),
  });
  bench = await openBench({ clock: fakeClock(), channels: () => [channel] });
  await bench.login();
});
afterEach(() => bench.close());

const found = async () => (await bench.call('search.query', { text: 'tiles', order: 'newest', limit: 10 })).hits.length;
const old = (id: string) => letter(id, { at: 1000, text: 'green tiles' });

it('asks the networks for the words alone, page by page, and takes in what was not here', async () => {
  pages = [
    () => ({ events: [old('a')], done: 1, next: asCursor('1') }),
    () => ({ events: [old('a'), old('b')], done: 2 }),
  ];
  expect(await found()).toBe(0);
  expect(await bench.call('search.elsewhere', { text: 'from:"Ala Nowak" green tiles -roof' })).toEqual({
    asked: 1,
    found: 2,
    failed: [],
  });
  expect(asked).toEqual(['green tiles', 'green tiles']);
  expect(await found()).toBe(2);
  expect(await bench.call('search.elsewhere', { text: 'tiles' })).toMatchObject({ found: 0 });
});

it('says which network could not be asked to the end, and keeps what it found before', async () => {
  pages = [() => ({ events: [old('a')], done: 1, next: asCursor('1') })];
  expect(await bench.call('search.elsewhere', { text: 'tiles' })).toEqual({
    asked: 1,
    found: 1,
    failed: ['Me at example: The network is in trouble.'],
  });
  expect(await found()).toBe(1);
});
