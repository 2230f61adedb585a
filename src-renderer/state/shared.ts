/**
 * A fresh answer, with everything in it that is as it was replaced by what was there before: what did not change stays the
 * same object, and whatever is drawn from it is not drawn again. For plain data (JSON).
 */
export function shared<T>(before: T, fresh: T): T {
  if (Object.is(before, fresh)) return before;
  if (!isObject(before) || !isObject(fresh)) return fresh;
  if (Array.isArray(before) !== Array.isArray(fresh)) return fresh;
  const made: Record<string, unknown> | unknown[] = Array.isArray(fresh) ? [] : {};
  const keys = Object.keys(fresh);
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    const [was, is] = [Reflect.get(before, key), Reflect.get(fresh, key)];
    const kept = shared(was, is);
    if (!Object.is(kept, was) || !(key in before)) same = false;
    Reflect.set(made, key, kept);
  }
  return same ? before : (made as T);
}
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
