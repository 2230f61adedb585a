import type { ListQuery, ListFilter as Query } from '../../../src-shared/ipc/index.ts';
import type { AccountId, PersonId } from '../../../src-shared/model/index.ts';
import type { Place } from '../navigation/place.ts';

export type Sort = ListQuery['sort'];
/** What the person narrowed the place down to. */
export interface ListFilter {
  readonly unread: boolean;
  readonly hasAttachment: boolean;
  readonly starred: boolean;
  readonly account: AccountId | null;
  readonly channel: string | null;
  readonly person: { readonly id: PersonId; readonly name: string } | null;
  readonly sort: Sort;
}
export const noFilter: ListFilter = {
  unread: false,
  hasAttachment: false,
  starred: false,
  account: null,
  channel: null,
  person: null,
  sort: 'newest',
};

/** The question a place and a filter ask. */
export function queryOf(place: Place, filter: ListFilter): Query {
  const account = place.is === 'view' && place.account !== null ? place.account : filter.account;
  const person = place.is === 'people' && place.person !== null ? place.person : (filter.person?.id ?? null);
  return {
    ...(place.is === 'view' ? { view: place.view } : {}),
    ...(place.is === 'label' ? { label: place.label } : {}),
    ...(place.is === 'notifications' ? { view: 'inbox', unread: true } : {}),
    ...(account === null ? {} : { account }),
    ...(person === null ? {} : { person }),
    ...(filter.channel === null ? {} : { channel: filter.channel }),
    ...(filter.unread ? { unread: true } : {}),
    ...(filter.hasAttachment ? { hasAttachment: true } : {}),
    ...(filter.starred ? { starred: true } : {}),
  };
}
