import { sql as first } from './0001-first.ts';
import { sql as hosts } from './0002-hosts.ts';
import { sql as notes } from './0003-notes.ts';
import { sql as indexMemory } from './0004-index-memory.ts';
import { sql as draftCopies } from './0005-draft-copies.ts';
import { sql as indexPages } from './0006-index-pages.ts';
import { sql as accountState } from './0007-account-state.ts';
import { sql as newestUnread } from './0008-newest-unread.ts';
import { sql as indexMerging } from './0009-index-merging.ts';
import { sql as threads } from './0010-threads.ts';
import { sql as toMe } from './0011-to-me.ts';
import { sql as reactionCounts } from './0012-reaction-counts.ts';
import { sql as pictures } from './0013-pictures.ts';
import { sql as outboxDue } from './0014-outbox-due.ts';
import { sql as claimedFrom } from './0015-claimed-from.ts';
import { sql as draftBasis } from './0016-draft-basis.ts';

/** Append-only: a migration that has been released never changes. Its number is its place here, from 1. */
export const migrations: readonly { readonly name: string; readonly sql: string }[] = [
  { name: '0001-first', sql: first },
  { name: '0002-hosts', sql: hosts },
  { name: '0003-notes', sql: notes },
  { name: '0004-index-memory', sql: indexMemory },
  { name: '0005-draft-copies', sql: draftCopies },
  { name: '0006-index-pages', sql: indexPages },
  { name: '0007-account-state', sql: accountState },
  { name: '0008-newest-unread', sql: newestUnread },
  { name: '0009-index-merging', sql: indexMerging },
  { name: '0010-threads', sql: threads },
  { name: '0011-to-me', sql: toMe },
  { name: '0012-reaction-counts', sql: reactionCounts },
  { name: '0013-pictures', sql: pictures },
  { name: '0014-outbox-due', sql: outboxDue },
  { name: '0015-claimed-from', sql: claimedFrom },
  { name: '0016-draft-basis', sql: draftBasis },
];
