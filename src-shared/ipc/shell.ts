/** What stands around the window: menus, tray, printing, other windows, new versions. */
import { z } from 'zod';
import { ConversationId } from '../model/index.ts';
import { call, none } from './call.ts';
import type { Events } from './events.ts';

/** Words of the system's menus and tray that belong to no command. */
export const shellWords = [
  'file',
  'edit',
  'view',
  'window',
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'selectAll',
  'zoomIn',
  'zoomOut',
  'zoomReset',
  'fullScreen',
  'minimize',
  'close',
  'show',
  'quit',
  'unread',
  'reply',
  'learnWord',
  'compose',
  'pauseNotices',
  'newMessage',
] as const;
export type ShellWord = (typeof shellWords)[number];

/** What a notification of the system shows of a message: who and what, who alone, or neither. */
export const noticeTexts = ['all', 'sender', 'nothing'] as const;

/** How the program behaves on this computer. */
export interface ShellPreferences {
  /** Shows and hides the window from anywhere; null: none. */
  readonly hotKey: string | null;
  readonly launchAtLogin: boolean;
  /** Goes on in the tray when its last window is closed. */
  readonly background: boolean;
  readonly noticeText: (typeof noticeTexts)[number];
  readonly spellCheck: boolean;
  /** Where new versions are looked for; null: never. */
  readonly updateFeed: string | null;
}
export const ShellPatch = z.object({
  /** As Electron writes it (`Ctrl+Shift+Space`); null: none. */
  hotKey: z.string().min(1).max(100).nullable().optional(),
  launchAtLogin: z.boolean().optional(),
  background: z.boolean().optional(),
  noticeText: z.enum(noticeTexts).optional(),
  spellCheck: z.boolean().optional(),
  /** Encrypted, or on this computer. */
  updateFeed: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .refine((url) => /^(https:|http:\/\/(127\.0\.0\.1|localhost)(:|\/|$))/i.test(url))
    .nullable()
    .optional(),
});
export type ShellPatch = z.infer<typeof ShellPatch>;

/** What came of looking for a new version. */
export interface UpdateView {
  readonly running: string;
  /** Newer than what runs; null: there is nothing newer. */
  readonly found: string | null;
  /** It is being fetched, and installed when the program is quit; a program run from its sources is not replaced. */
  readonly installs: boolean;
}

/**
 * What stands around the window, answered by a host that has one. Elsewhere each is refused with `not-here`, and the
 * window does not offer it.
 */
export const shellContract = {
  /** What the system asked for before the window listened; given once. */
  'shell.opened': call(none).returns<readonly Events['open'][]>(),
  /** Asks the person where a file is to go; null when they would rather not. */
  'shell.saveAs': call(z.object({ name: z.string().max(1024) })).returns<{ path: string | null }>(),
  /** A whole conversation as PDF where the person says; without one, what the window shows. */
  'shell.pdf': call(z.object({ name: z.string().max(1024), conversation: ConversationId.optional() })).returns<{
    path: string | null;
  }>(),
  /** A whole conversation to a printer, which the system asks for. */
  'shell.print': call(z.object({ conversation: ConversationId })).returns<null>(),
  /** Said by a page that is to be printed: all of it is drawn, or why it cannot be. */
  'shell.drawn': call(z.object({ problem: z.string().max(10_000).nullable() })).returns<null>(),
  'shell.zoom': call(z.object({ to: z.enum(['in', 'out', 'reset']) })).returns<{ percent: number }>(),
  /** A conversation in a window of its own. */
  'shell.window': call(z.object({ conversation: ConversationId })).returns<null>(),
  /** The system's menus, tray and badge, in the person's words; sent again whenever any of it changes. */
  'shell.frame': call(
    z.object({
      unread: z.number().int().nonnegative(),
      /** Whether the person is told of new messages. */
      notices: z.boolean(),
      words: z.record(z.enum(shellWords), z.string().max(200)),
      menus: z
        .array(
          z.object({
            title: z.string().max(200),
            items: z
              .array(
                z.object({
                  command: z.string().max(100),
                  title: z.string().max(200),
                  keys: z.string().max(50).nullable(),
                }),
              )
              .max(200),
          }),
        )
        .max(20),
    }),
  ).returns<null>(),
  'shell.preferences': call(none).returns<ShellPreferences>(),
  /** Changes what is named. Refused with a reason, and nothing changed, when the system will not have it. */
  'shell.prefer': call(ShellPatch).returns<ShellPreferences>(),
  /**
   * Looks for a new version where the preferences say. Refused with `update-none` (nowhere), `update-away` (nobody
   * answered), `update-missing` (nothing there) or `update-bad` (something else is there).
   */
  'shell.update': call(none).returns<UpdateView>(),
};
