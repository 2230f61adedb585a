import { asLabelKey, type ChannelEvent, type LabelKey, type LabelRole } from '../../src-shared/model/index.ts';

const roles: Readonly<Record<string, LabelRole>> = {
  inbox: 'inbox',
  sent: 'sent',
  'sent items': 'sent',
  'sent messages': 'sent',
  'sent mail': 'sent',
  drafts: 'drafts',
  trash: 'trash',
  'deleted items': 'trash',
  'deleted messages': 'trash',
  bin: 'trash',
  spam: 'spam',
  junk: 'spam',
  'junk e-mail': 'spam',
  archive: 'archive',
  archives: 'archive',
};

/** The key of a label in an archive is its name: folders by their path. */
export const labelKey = (name: string): LabelKey => asLabelKey(name.slice(0, 1000));
export const folderName = (folder: readonly string[]): string | undefined =>
  folder.length === 0 ? undefined : folder.join('/');

/** Tells of a label the first time it is met in an import. */
export function labelEvent(name: string, kind: 'folder' | 'label'): ChannelEvent {
  const role = roles[name.toLowerCase()];
  return {
    type: 'label',
    key: labelKey(name),
    patch: { name: name.slice(0, 1024), kind, ...(role === undefined ? {} : { role }), exists: true },
    // An archive does not change: every telling is the first.
    at: 0,
  };
}
