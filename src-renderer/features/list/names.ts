import type { ConversationRow, PersonRef } from '../../../src-shared/ipc/index.ts';
import type { Translate } from '../../i18n/index.ts';
import { unturned } from '../../i18n/unturned.ts';

/** The name alone, or the address where there is no name. */
export const personName = (person: PersonRef): string =>
  person.name || person.address?.replace(/^(mailto|tel):/, '') || person.key;

/** Given name when several stand in a row; the whole name when there is one. */
const short = (person: PersonRef): string => {
  const name = personName(person);
  const [first = name] = name.includes('@') ? name.split('@') : name.split(/\s/);
  return first || name;
};
export function namesOf(row: Pick<ConversationRow, 'people' | 'peopleCount' | 'title'>, t: Translate): string {
  const [only, ...others] = row.people;
  if (!only) return row.title || t('row.justMe');
  if (others.length === 0 && row.peopleCount <= 1) return personName(only);
  const more = row.peopleCount - row.people.length;
  const names = row.people.map((person) => unturned(short(person))).join(', ');
  return more > 0 ? t('row.andMore', { names, count: more }) : names;
}
