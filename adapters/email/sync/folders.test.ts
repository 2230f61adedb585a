import type { ListResponse } from 'imapflow';
import { expect, it } from 'vitest';
import { labelEvents, readFolders } from './folders.ts';

const item = (path: string, more: Partial<ListResponse> = {}, delimiter = '/'): ListResponse => {
  const levels = path.split(delimiter);
  return {
    path,
    pathAsListed: path,
    name: levels.at(-1) ?? path,
    delimiter,
    parent: levels.slice(0, -1),
    parentPath: levels.slice(0, -1).join(delimiter),
    flags: new Set(),
    listed: true,
    subscribed: true,
    ...more,
  };
};
const special = (specialUse: string, specialUseSource: ListResponse['specialUseSource'] = 'extension') => ({
  specialUse,
  specialUseSource,
});

it("reads Gmail's list: all mail plays the archive, own labels are labels, what repeats is not read", () => {
  const folders = readFolders(
    [
      item('[Gmail]', { flags: new Set(['\\Noselect']) }),
      item('INBOX', special('\\Inbox')),
      item('[Gmail]/All Mail', special('\\All')),
      item('[Gmail]/Sent Mail', special('\\Sent')),
      item('[Gmail]/Starred', special('\\Flagged')),
      item('[Gmail]/Important', special('\\Important')),
      item('Receipts'),
    ],
    true,
  );
  const of = (path: string) => folders.find((folder) => folder.path === path);
  expect(folders.map(({ path }) => path)).not.toContain('[Gmail]');
  expect(of('[Gmail]/All Mail')).toMatchObject({ role: 'archive', sync: true, name: 'All Mail' });
  expect(of('[Gmail]/Starred')).toMatchObject({ role: 'starred', sync: false });
  expect(of('[Gmail]/Important')).toMatchObject({ sync: false });
  expect(of('Receipts')).toMatchObject({ kind: 'label', role: null, sync: true });
  expect(folders[0]?.path).toBe('INBOX');
});

it("reads the Proton bridge's list: labels repeat messages, all mail is left alone", () => {
  const folders = readFolders(
    [
      item('INBOX', special('\\Inbox')),
      item('All Mail', special('\\All')),
      item('Archive', special('\\Archive')),
      item('Starred', special('\\Flagged')),
      item('Folders', { flags: new Set(['\\Noselect']) }),
      item('Folders/Choir'),
      item('Labels/Family'),
    ],
    false,
  );
  const of = (path: string) => folders.find((folder) => folder.path === path);
  expect(of('All Mail')).toMatchObject({ role: 'all', sync: false });
  expect(of('Labels/Family')).toMatchObject({ kind: 'label', name: 'Family', sync: true });
  expect(of('Folders/Choir')).toMatchObject({ kind: 'folder', name: 'Choir' });
});

it('gives each role once: to whom the server says, else to the one nearest the root', () => {
  const folders = readFolders(
    [
      item('INBOX.Sent', special('\\Sent', 'name'), '.'),
      item('INBOX.Old.Sent Items', special('\\Sent', 'name'), '.'),
      item('INBOX.Kosz', special('\\Trash', 'extension'), '.'),
      item('Trash', special('\\Trash', 'name'), '.'),
      item('INBOX', special('\\Inbox'), '.'),
    ],
    false,
  );
  const roles = Object.fromEntries(folders.map(({ path, role }) => [path, role]));
  expect(roles).toEqual({
    INBOX: 'inbox',
    'INBOX.Sent': 'sent',
    'INBOX.Old.Sent Items': null,
    'INBOX.Kosz': 'trash',
    Trash: null,
  });
  expect(folders.find(({ path }) => path === 'INBOX.Old.Sent Items')?.name).toBe('Old/Sent Items');
});

it('tells of labels that came, changed and went, and of no others', () => {
  const before = readFolders([item('INBOX', special('\\Inbox')), item('A'), item('B'), item('C')], false);
  const now = readFolders(
    [item('INBOX', special('\\Inbox')), item('A'), item('C', special('\\Archive')), item('D')],
    false,
  );
  expect(
    labelEvents(before, now, 5).map((event) =>
      event.type === 'label' ? [event.key, event.patch.exists, event.patch.role] : [],
    ),
  ).toEqual([
    ['folder:D', true, null],
    ['folder:C', true, 'archive'],
    ['folder:B', false, undefined],
  ]);
});
