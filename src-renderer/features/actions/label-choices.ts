import type { ConversationRow, LabelView } from '../../../src-shared/ipc/index.ts';
import type { AccountId, LabelId } from '../../../src-shared/model/index.ts';
import { type AccountsState, accountOf, channelOf } from '../accounts/store.ts';

export interface Choice {
  readonly label: LabelView;
  /** How many of the conversations have it. */
  readonly state: 'all' | 'some' | 'none';
}
/** Folders the network keeps for itself: nothing is filed there by hand. */
const own: ReadonlySet<string | null> = new Set(['all', 'sent', 'drafts', 'starred', 'important']);

const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ł/g, 'l');

/** Labels the rows can get, those whose name begins with what is typed first. */
export function choicesFor({
  labels,
  rows,
  text,
  mode,
}: {
  readonly labels: readonly LabelView[];
  readonly rows: readonly ConversationRow[];
  readonly text: string;
  readonly mode: 'label' | 'move';
}): readonly Choice[] {
  const wanted = folded(text.trim());
  const accounts = new Set(rows.map((row) => row.account));
  return (
    labels
      .filter((label) => accounts.has(label.account) && !own.has(label.role))
      // A keyword (Outlook's categories, the tags of other mail programs) is put on, but nothing lies in one.
      .filter((label) => (mode === 'move' ? label.kind !== 'keyword' : label.role === null))
      .filter((label) => folded(label.name).includes(wanted))
      .map((label) => {
        const theirs = rows.filter((row) => row.account === label.account);
        const under = theirs.filter((row) => row.labels.includes(label.id)).length;
        return { label, state: under === 0 ? 'none' : under === theirs.length ? 'all' : 'some' } satisfies Choice;
      })
      .sort((a, b) => {
        const begins = (choice: Choice): number => (folded(choice.label.name).startsWith(wanted) ? 0 : 1);
        return begins(a) - begins(b) || a.label.name.localeCompare(b.label.name);
      })
  );
}

/** What moving under a label takes off: a folder takes the place of another by itself, a label that of the inbox. */
export const leftBy = (labels: readonly LabelView[], to: LabelView): readonly LabelId[] =>
  to.kind === 'folder'
    ? []
    : labels.filter((label) => label.account === to.account && label.role === 'inbox').map((label) => label.id);

/** The account a label of the typed name could be made in: all rows are its, and it has none of that name. */
export function creatableIn({
  rows,
  accounts,
  text,
  choices,
}: {
  readonly rows: readonly ConversationRow[];
  readonly accounts: AccountsState;
  readonly text: string;
  readonly choices: readonly Choice[];
}): AccountId | null {
  const name = folded(text.trim());
  const [account, ...others] = new Set(rows.map((row) => row.account));
  if (name === '' || account === undefined || others.length > 0) return null;
  if (choices.some((choice) => folded(choice.label.name) === name)) return null;
  const channel = accountOf(accounts, account)?.channel;
  return channel !== undefined && channelOf(accounts, channel)?.features.label?.create ? account : null;
}
