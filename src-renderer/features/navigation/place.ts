import type { SystemView } from '../../../src-shared/ipc/index.ts';
import { systemViews } from '../../../src-shared/ipc/index.ts';
import type { AccountId, ConversationId, LabelId, MessageId, PersonId } from '../../../src-shared/model/index.ts';

/** What the list shows. */
export type Place =
  | { readonly is: 'view'; readonly view: SystemView; readonly account: AccountId | null }
  | { readonly is: 'label'; readonly label: LabelId }
  | { readonly is: 'outbox' }
  | { readonly is: 'search'; readonly text: string }
  | { readonly is: 'files' }
  /** Everyone, or one of them. */
  | { readonly is: 'people'; readonly person: PersonId | null }
  | { readonly is: 'notifications' };

export interface Location {
  readonly place: Place;
  readonly conversation: ConversationId | null;
  /** A message to open at, in place of the first unread. */
  readonly around: MessageId | null;
}
export const home: Place = { is: 'view', view: 'inbox', account: null };

export const samePlace = (a: Place, b: Place): boolean => placePath(a) === placePath(b);

const placePath = (place: Place): string => {
  switch (place.is) {
    case 'view':
      return place.account === null ? place.view : `${place.view}.${place.account}`;
    case 'label':
      return `label.${place.label}`;
    case 'search':
      return `search.${encodeURIComponent(place.text)}`;
    case 'people':
      return place.person === null ? 'people' : `people.${place.person}`;
    case 'outbox':
    case 'files':
    case 'notifications':
      return place.is;
  }
};

/** `#inbox.3/120/4551`: place and account, conversation, message. */
export const toHash = ({ place, conversation, around }: Location): string =>
  `#${[placePath(place), conversation, around].filter((piece) => piece !== null).join('/')}`;

const numeric = (text: string | undefined): number | null => (text && /^[1-9]\d*$/.test(text) ? Number(text) : null);

/** Percent signs a person typed into the address themselves stay what they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Anything not understood leads home. */
export function fromHash(hash: string): Location {
  const [where = '', conversation, around] = hash.replace(/^#/, '').split('/');
  const [name, detail] = where.split('.');
  const id = numeric(detail);
  const view = systemViews.find((candidate) => candidate === name);
  let place: Place = home;
  if (view) place = { is: 'view', view, account: id as AccountId | null };
  else if (name === 'label' && id !== null) place = { is: 'label', label: id as LabelId };
  else if (name === 'outbox' || name === 'files' || name === 'notifications') place = { is: name };
  else if (name === 'people') place = { is: 'people', person: id as PersonId | null };
  else if (name === 'search') place = { is: 'search', text: decoded(where.slice('search.'.length)) };
  return {
    place,
    conversation: numeric(conversation) as ConversationId | null,
    around: numeric(around) as MessageId | null,
  };
}
