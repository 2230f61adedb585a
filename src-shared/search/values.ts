import { type SystemView, systemViews } from '../ipc/index.ts';
import { type FlagWord, flagWords, type HasWord, hasWords, type KindWord, kindWords } from './query.ts';

/** The closed vocabularies of `in:`, `is:` and `has:`, with the other names people know them by (Gmail, Outlook, Slack). */
type Vocabulary<T extends string> = ReadonlyMap<string, T>;

function vocabulary<T extends string>(names: readonly T[], aliases: Readonly<Record<string, T>>): Vocabulary<T> {
  return new Map([...names.map((name) => [name, name] as const), ...Object.entries(aliases)]);
}

export const views: Vocabulary<SystemView | 'anywhere'> = vocabulary([...systemViews, 'anywhere'], {
  everything: 'anywhere',
  archive: 'done',
  archived: 'done',
  junk: 'spam',
  bin: 'trash',
  deleted: 'trash',
  draft: 'drafts',
});

export const flags: Vocabulary<FlagWord> = vocabulary(flagWords, {
  new: 'unread',
  seen: 'read',
  star: 'starred',
  flagged: 'starred',
  replied: 'answered',
});

export const kinds: Vocabulary<KindWord> = vocabulary(kindWords, { dm: 'direct' });

export const havings: Vocabulary<HasWord> = vocabulary(hasWords, {
  attachments: 'attachment',
  file: 'attachment',
  files: 'attachment',
  images: 'image',
  photo: 'image',
  photos: 'image',
  picture: 'image',
  videos: 'video',
  voice: 'audio',
  documents: 'document',
  links: 'link',
  url: 'link',
  invite: 'event',
  calendar: 'event',
});

const powers: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
/** `5M`, `500kb`, `1.5 gb`, `2000`: bytes. Null when it is no size. */
export function readSize(text: string): number | null {
  const found = /^(\d{1,12}(?:[.,]\d{1,3})?)\s*([kmg]?)i?b?$/iu.exec(text.trim());
  const power = powers[found?.[2]?.toLowerCase() ?? ''];
  return found?.[1] && power ? Math.round(Number(found[1].replace(',', '.')) * power) : null;
}
