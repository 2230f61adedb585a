import { z } from 'zod';
import type { Batch, SessionContext } from '../../../src-shared/channel.ts';
import { asCursor, type ConversationKey } from '../../../src-shared/model/index.ts';
import { conversationKey, type Place, placeScope } from '../ids.ts';
import type { Mark } from '../map/reactions.ts';

/**
 * Where a conversation was left. Everything Teams dates to `through` or before has been told, but for the last moments
 * (`overlapMs`): of those, what was told stands in `seen`.
 */
const Left = z.object({
  /** What was written later is new, Unix ms by Teams' clock. */
  since: z.number(),
  /** Unix ms by Teams' clock. */
  through: z.number(),
  /** Key and etag of what was told of the last moments. */
  seen: z.record(z.string(), z.string()),
  /** Reactions as they were last told, by message: Teams says which there are, not which are gone. */
  marks: z.record(z.string(), z.array(z.string())),
  /** How far the person has read, Unix ms by Teams' clock. */
  read: z.number(),
  /** Channels: where the changes of first messages go on. */
  delta: z.string().optional(),
});
export type Left = z.infer<typeof Left>;

/** Teams may date something a little before what it has shown already. Ms. */
export const overlapMs = 10_000;
/** Messages with reactions that are watched, in each conversation; of the newest. */
const mostMarked = 200;

export class Places {
  readonly #context: Pick<SessionContext, 'checkpoint' | 'emit'>;
  readonly #left = new Map<ConversationKey, Left>();

  constructor(context: Pick<SessionContext, 'checkpoint' | 'emit'>) {
    this.#context = context;
  }

  /** Undefined for a conversation that was never looked into. */
  async load(place: Place): Promise<Left | undefined> {
    const key = conversationKey(place);
    const held = this.#left.get(key);
    if (held) return held;
    const written = await this.#context.checkpoint(placeScope(place));
    const read = written === undefined ? undefined : Left.safeParse(parsed(written)).data;
    // Another caller may have loaded, or begun, it meanwhile.
    const first = this.#left.get(key) ?? read;
    if (first) this.#left.set(key, first);
    return first;
  }
  async begin(place: Place, since: number): Promise<Left> {
    const held = await this.load(place);
    if (held) return held;
    const left: Left = { since, through: since, seen: {}, marks: {}, read: 0 };
    this.#left.set(conversationKey(place), left);
    return left;
  }
  get(place: Place): Left | undefined {
    return this.#left.get(conversationKey(place));
  }
  change(place: Place, patch: Partial<Left>): void {
    const key = conversationKey(place);
    const held = this.#left.get(key);
    if (held) this.#left.set(key, { ...held, ...patch });
  }
  /** Reactions of a message as they are now; answers how they were. */
  mark(place: Place, message: string, marks: readonly Mark[]): readonly Mark[] {
    const held = this.get(place);
    if (!held) return [];
    const before = Object.hasOwn(held.marks, message) ? (held.marks[message] ?? []) : [];
    if (marks.length === 0 && before.length === 0) return before;
    const { [message]: _, ...rest } = held.marks;
    const all = marks.length === 0 ? rest : { ...rest, [message]: [...marks] };
    const kept = Object.entries(all)
      .toSorted(([a], [b]) => (a < b ? 1 : -1))
      .slice(0, mostMarked);
    this.change(place, { marks: Object.fromEntries(kept) });
    return before;
  }
  checkpoint(place: Place): NonNullable<Batch['checkpoint']> {
    const held = this.get(place);
    return { scope: placeScope(place), cursor: held && asCursor(JSON.stringify(held)) };
  }
  /** Tells, and where the conversation is left from then on. */
  commit(place: Place, events: Batch['events'], origin: Batch['origin']): Promise<void> {
    return this.#context.emit({ events, origin, checkpoint: this.checkpoint(place) });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
