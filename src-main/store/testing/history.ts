import fc from 'fast-check';
import type { ChannelEvent, Content, Flags, Part } from '../../../src-shared/model/index.ts';
import { ChannelEvent as Schema } from '../../../src-shared/model/index.ts';

/** Random histories of a small world: few keys, few times, so that everything meets everything. */
const times = fc.integer({ min: 1, max: 12 }).map((n) => 1_600_000_000_000 + n * 1000);
const messageKeys = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6'];
const messageKey = fc.constantFrom(...messageKeys, 'never-comes');
const userKey = fc.constantFrom('ada@example.org', 'bob@example.org', 'eve@example.org');
const labelKey = fc.constantFrom('inbox', 'archive', 'trash', 'work');
const ref = fc.constantFrom('1:1', '1:2', '2:1');
const emoji = fc.constantFrom('👍', '❤');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
/** Leaves out what is undefined, as JSON does. */
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

const words = fc.constantFrom('hello', 'a longer text altogether', 'third', '> quoted\nanswer');
const parts = fc
  .tuple(words, fc.constantFrom(undefined, 'a.pdf', 'b.png'), fc.boolean())
  .map(([text, file, inline]): Part[] => [
    { kind: 'text', format: 'plain', text },
    ...(file
      ? [{ kind: 'document' as const, media: { ref: file as never, mime: 'application/pdf', name: file, inline } }]
      : []),
  ]);
const content: fc.Arbitrary<Content> = fc
  .record({ subject: optional(fc.constantFrom('Plans', 'Other plans')), parts })
  .map(defined);
const flags: fc.Arbitrary<Flags> = fc
  .record({ read: optional(fc.boolean()), starred: optional(fc.boolean()), draft: optional(fc.constant(false)) })
  .map(defined);

/** What never differs between two sightings of one message: who, when, where. */
interface Fixed {
  readonly at: number;
  readonly order: string | undefined;
  readonly place: { readonly conversation: string } | { readonly links: string[] };
  readonly from: ChannelEvent & { type: 'message' } extends { message: { from: infer F } } ? F : never;
}
const author = fc.oneof(
  userKey.map((key) => ({ is: 'user', key })),
  fc.constantFrom({ is: 'me' }, { is: 'me', key: 'alias@example.org' }, { is: 'system' }),
) as fc.Arbitrary<Fixed['from']>;
const fixed = (kind: 'mail' | 'chat', key: string): fc.Arbitrary<Fixed> =>
  fc.record({
    at: times,
    order: kind === 'chat' ? fc.integer({ min: 1, max: 5 }).map((n) => `o${n}`) : fc.constant(undefined),
    from: author,
    place:
      kind === 'chat'
        ? fc.constantFrom('c1', 'c2').map((conversation) => ({ conversation }))
        : fc
            .subarray(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'x', 'y'], { maxLength: 2 })
            .map((links) => ({ links: [key, ...links] })),
  });

const message = (key: string, { at, order, place, from }: Fixed): fc.Arbitrary<unknown> =>
  fc
    .record({
      content,
      version: optional(fc.integer({ min: 0, max: 3 })),
      editedAt: optional(times),
      name: optional(fc.constantFrom('Ada', 'Ada L.')),
      recipients: optional(fc.subarray(['bob@example.org', 'eve@example.org', 'me@example.org'], { minLength: 1 })),
      placements: optional(fc.array(fc.tuple(labelKey, optional(ref)), { maxLength: 2 })),
      flags: optional(flags),
      observedAt: optional(times),
      raw: optional(fc.constantFrom({ a: 1 }, { b: 'two' })),
      source: optional(fc.constantFrom('raw bytes', 'other raw')),
    })
    .map((drawn) => ({
      type: 'message',
      message: defined({
        ...drawn.content,
        key,
        ...place,
        from: from.is === 'system' ? from : defined({ ...from, name: drawn.name }),
        at,
        order,
        version: drawn.version,
        editedAt: drawn.editedAt,
        recipients: drawn.recipients?.map((to) => ({ role: 'to', key: to })),
        placements: drawn.placements?.map(([label, at]) => defined({ label, ref: at })),
        flags: drawn.flags,
        observedAt: drawn.observedAt,
        raw: drawn.raw,
        source: drawn.source === undefined ? undefined : new TextEncoder().encode(drawn.source),
      }),
    }));

const by = fc.oneof(userKey, fc.constant('me'));
const about = (kind: 'mail' | 'chat'): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc
      .record({
        type: fc.constant('edited'),
        target: messageKey,
        content,
        at: times,
        version: fc.integer({ min: 1, max: 3 }),
        quiet: optional(fc.boolean()),
      })
      .map(defined),
    fc.record({ type: fc.constant('removed'), target: messageKey, at: times }),
    fc.record({ type: fc.constant('reaction'), target: messageKey, by, emoji, on: fc.boolean(), at: times }),
    fc
      .record({
        type: fc.constant('reaction-counts'),
        target: messageKey,
        counts: fc.uniqueArray(fc.record({ emoji, count: fc.integer({ min: 1, max: 3 }) }), {
          selector: (one) => one.emoji,
        }),
        mine: optional(fc.subarray(['👍', '❤'])),
        at: times,
      })
      .map(defined),
    fc.record({
      type: fc.constant('receipt'),
      receipt: fc.constantFrom('delivered', 'read'),
      by,
      upTo: messageKey,
      at: times,
    }),
    fc.record({ type: fc.constant('flags'), target: messageKey, flags, at: times }),
    fc
      .record({
        type: fc.constant('placed'),
        target: messageKey,
        label: labelKey,
        ref: optional(ref),
        on: fc.boolean(),
        at: times,
      })
      .map(defined),
    fc.record({
      type: fc.constant('label'),
      key: labelKey,
      at: times,
      patch: fc
        .record({
          name: optional(fc.constantFrom('One', 'Two')),
          kind: optional(fc.constantFrom('folder', 'label', 'keyword')),
          role: optional(fc.constantFrom('inbox', 'archive', 'trash', 'spam', null)),
          exists: optional(fc.boolean()),
        })
        .map(defined),
    }),
    fc.record({
      type: fc.constant('conversation'),
      key: kind === 'chat' ? fc.constantFrom('c1', 'c2', 'c3') : fc.constantFrom('m0', 'm3', 'x', 'z'),
      at: times,
      patch: fc
        .record({
          title: optional(fc.constantFrom('Team', 'Crew')),
          kind: optional(fc.constantFrom('group', 'channel')),
          members: optional(fc.subarray(['ada@example.org', 'bob@example.org', 'eve@example.org'])),
          muted: optional(fc.boolean()),
          archived: optional(fc.boolean()),
        })
        .map(defined),
    }),
    fc.record({
      type: fc.constant('user'),
      key: userKey,
      at: times,
      patch: fc
        .record({
          name: optional(fc.constantFrom('Ada Lovelace', 'A. L.', '')),
          addresses: optional(
            fc.subarray(['mailto:Shared@Example.org', 'tel:+48 123 456 789', 'mailto:own@example.org']),
          ),
        })
        .map(defined),
    }),
    fc
      .record({
        type: fc.constant('history'),
        scope: fc.constantFrom('s1', 's2'),
        title: optional(fc.constantFrom('A', 'B')),
        total: optional(fc.constantFrom(1, 9)),
      })
      .map(defined),
    fc.record({ type: fc.constant('gap'), scope: fc.constantFrom('s1', 's2') }),
  );

/** A history of one account, every event as the contract has it. */
export const history = (kind: 'mail' | 'chat'): fc.Arbitrary<ChannelEvent[]> =>
  fc
    .tuple(...messageKeys.map((key) => fixed(kind, key)))
    .chain((all) =>
      fc
        .array(
          fc.oneof(
            { weight: 2, arbitrary: fc.oneof(...all.map((one, i) => message(messageKeys[i] ?? '', one))) },
            { weight: 3, arbitrary: about(kind) },
          ),
          { minLength: 1, maxLength: 40 },
        )
        .map((events) => events.map((event) => Schema.parse(event))),
    );

/** The same history told otherwise: in another order, some of it twice, cut into batches. */
export const retold = (events: readonly ChannelEvent[]): fc.Arbitrary<ChannelEvent[][]> =>
  fc
    .tuple(
      fc.subarray([...events]),
      fc.infiniteStream(fc.integer({ min: 0, max: 1 << 20 })),
      fc.integer({ min: 1, max: 12 }),
    )
    .map(([again, chance, size]) => {
      const draw = () => Number(chance.next().value ?? 0);
      const shuffled = [...events, ...again].map((event) => ({ event, at: draw() })).sort((a, b) => a.at - b.at);
      const batches: ChannelEvent[][] = [];
      for (let i = 0; i < shuffled.length; i += size)
        batches.push(shuffled.slice(i, i + size).map(({ event }) => event));
      return batches;
    });
