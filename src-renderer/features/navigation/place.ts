import type { SystemView } from '../../../src-shared/ipc/index.ts';
import { systemViews } from '../../../src-shared/ipc/view.ts';
import type { AccountId, ConversationId, LabelId, MessageId } from '../../../src-shared/model/index.ts';

/** What the list shows. */
export type Place =
  | { readonly is: 'view'; readonly view: SystemView; readonly account: AccountId | null }
  | { readonly is: 'label'; readonly label: LabelId }
  | { readonly is: 'outbox' };

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
    case 'outbox':
      return 'outbox';
  }
};

/** `#inbox.3/120/4551`: place and account, conversation, message. */
export const toHash = ({ place, conversation, around }: Location): string =>
  `#${[placePath(place), conversation, around].filter((piece) => piece !== null).join('/')}`;

const numeric = (text: string | undefined): number | null => (text && /^[1-9]\d*$/.test(text) ? Number(text) : null);

/** Anything not understood leads home. */
export function fromHash(hash: string): Location {
  const [where = '', conversation, around] = hash.replace(/^#/, '').split('/');
  const [name, detail] = where.split('.');
  const id = numeric(detail);
  const view = systemViews.find((candidate) => candidate === name);
  let place: Place = home;
  if (view) place = { is: 'view', view, account: id as AccountId | null };
  else if (name === 'label' && id !== null) place = { is: 'label', label: id as LabelId };
  else if (name === 'outbox') place = { is: 'outbox' };
  return {
    place,
    conversation: numeric(conversation) as ConversationId | null,
    around: numeric(around) as MessageId | null,
  };
}
