import { open, readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';

export interface ArchiveFile {
  readonly path: string;
  readonly kind: 'mbox' | 'message' | 'emlx' | 'maildir';
  readonly bytes: number;
  /** Unix ms of the last change: when a message in a file of its own arrived, at the latest. */
  readonly changedAt: number;
  /** Folder names from the archive's root to the file, for a label; the file's own name for an mbox. */
  readonly folder: readonly string[];
}

const notMail = /\.(?:msf|dat|html?|sqlite|json|plist|lock|idx|cache|png|jpe?g|gif|pdf|zip|index|uidlist)$/i;
const headerLine =
  /^(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|Reply-To|Sender|Content-[A-Za-z-]+|X-[\w-]+|DKIM-Signature|ARC-[\w-]+|Authentication-Results)[ \t]*:/i;

async function kindOf(path: string): Promise<ArchiveFile['kind'] | undefined> {
  const extension = extname(path).toLowerCase();
  if (extension === '.emlx') return 'emlx';
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(4096);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    if (head[0] === 0x1f && head[1] === 0x8b)
      return /\.(?:mbox|mbx)\.gz$/i.test(path) || extension === '.gz' ? 'mbox' : undefined;
    const text = head
      .toString('latin1', 0, bytesRead)
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .trimStart();
    if (text.startsWith('From ')) return 'mbox';
    if (extension === '.eml') return 'message';
    return bytesRead > 0 && headerLine.test(text) ? 'message' : undefined;
  } finally {
    await handle.close();
  }
}

/** Folder names of a path: "Work.sbd/2019" of Thunderbird, ".Sent.2020" of Maildir++, "X.mbox/mbox" of Apple Mail. */
function foldersOf(root: string, path: string): string[] {
  return relative(root, path)
    .split(sep)
    .flatMap((name) =>
      name.startsWith('.') ? name.slice(1).split('.') : [name.replace(/\.(?:sbd|mbox|mbx|maildir|partial)$/i, '')],
    )
    .filter((name) => name !== '' && name !== 'Messages');
}

async function describe(
  root: string,
  path: string,
  parent: string,
  maildir: boolean,
): Promise<ArchiveFile | undefined> {
  const { size, mtimeMs } = await stat(path);
  const kind = maildir ? 'maildir' : size === 0 || notMail.test(path) ? undefined : await kindOf(path);
  if (kind === undefined) return undefined;
  const named =
    kind === 'mbox' && !/^mbox$/i.test(basename(path))
      ? [
          ...foldersOf(root, parent),
          basename(path)
            .replace(/\.gz$/i, '')
            .replace(/\.(?:mbox|mbx|txt)$/i, ''),
        ]
      : foldersOf(root, parent);
  return {
    path,
    kind,
    bytes: size,
    changedAt: Math.floor(mtimeMs),
    folder: named.length > 0 ? named : [basename(root).replace(/\.(?:mbox|maildir)$/i, '')],
  };
}

/**
 * The mail files at `root`, a file or a directory, one after the other and always in the same order (by name), without
 * holding more than one directory's names. Links are not followed; what is no mail is passed over.
 */
export async function* archiveFiles(root: string): AsyncGenerator<ArchiveFile> {
  if (!(await stat(root)).isDirectory()) {
    const file = await describe(join(root, '..'), root, join(root, '..'), false);
    if (file) yield { ...file, folder: file.kind === 'mbox' ? file.folder.slice(-1) : [] };
    return;
  }
  yield* walk(root, root);
}

async function* walk(root: string, directory: string): AsyncGenerator<ArchiveFile> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = new Set(entries.map(({ name }) => name));
  const isMaildir = names.has('cur') && (names.has('new') || names.has('tmp'));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      const part = isMaildir && /^(?:cur|new|tmp)$/.test(entry.name);
      if (!part) yield* walk(root, path);
      else if (entry.name !== 'tmp') yield* maildirPart(root, directory, path);
    } else if (entry.isFile() && (!entry.name.startsWith('.') || entry.name.endsWith('.eml'))) {
      const file =
        isMaildir && /^(?:dovecot|maildir|courier|subscriptions)/i.test(entry.name)
          ? undefined
          : await describe(root, path, directory, false);
      if (file) yield file;
    }
  }
}

async function* maildirPart(root: string, maildir: string, part: string): AsyncGenerator<ArchiveFile> {
  const names = (await readdir(part)).filter((name) => !name.startsWith('.')).sort();
  for (const name of names) {
    const file = await describe(root, join(part, name), maildir, true);
    if (file) yield file;
  }
}
