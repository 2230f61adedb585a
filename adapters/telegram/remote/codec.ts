import definitions from 'teleproto/tl/generated/api-definitions.js';

/**
 * The library notes in its schema that it is within a list while it reads one (`isVector`), and leaves the note there when
 * an element cannot be read: from then on every such list is misread, on every connection of the process. Whether a field
 * is a list does not change, so it is put right before each packet.
 */
interface Field {
  isVector: boolean;
}
const isField = (value: unknown): value is Field =>
  typeof value === 'object' && value !== null && 'isVector' in value && typeof value.isVector === 'boolean';
const fieldsOf = (definition: unknown): readonly Field[] => {
  const fields: unknown = Reflect.get(Object(definition), 'argsConfig');
  return Object.values(Object(fields)).filter(isField);
};
const all: unknown = definitions;
const lists: readonly Field[] = (Array.isArray(all) ? all : []).flatMap(fieldsOf).filter(({ isVector }) => isVector);

export function mend(): void {
  for (const field of lists) if (!field.isVector) field.isVector = true;
}
/** How many fields are lists: nought would mean that the library keeps its schema elsewhere. */
export const listCount = lists.length;
