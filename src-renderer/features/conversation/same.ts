import type { ConversationView } from '../../../src-shared/ipc/index.ts';

/** What of a conversation its messages are drawn from; counts and times change with each message and change none of them. */
const drawnFrom = [
  'id',
  'kind',
  'features',
  'limits',
  'readOnly',
  'peopleCount',
] as const satisfies readonly (keyof ConversationView)[];

/** Whether a message would be drawn the same again. For the `memo` of what shows one. */
export function isSame<P extends { readonly view: ConversationView }>(before: P, now: P): boolean {
  const { view: was, ...others } = before;
  const { view: is, ...rest } = now;
  return (
    drawnFrom.every((key) => was[key] === is[key]) &&
    Object.entries(rest).every(([key, value]) => Object.is(value, Reflect.get(others, key)))
  );
}
