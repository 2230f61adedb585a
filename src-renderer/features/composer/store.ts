import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Composition, ConversationView, Input, Output } from '../../../src-shared/ipc/index.ts';
import {
  type ConversationId,
  type DraftId,
  type MessageId,
  mediaOf,
  type SendLimits,
} from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import { compositionOfDraft, emptyComposition, isEmpty, withQuote, writtenSince } from './composition.ts';
import { fitFiles, partFor, type Refused } from './fits.ts';

export type ComposerKey = `conversation:${number}` | `thread:${number}` | `new:${number}`;
export type ComposeKind = 'new' | 'reply' | 'reply-all' | 'forward';
export interface Problem {
  readonly level: 'converted' | 'dropped' | 'rejected';
  readonly what: string;
  readonly why: string;
}
export interface Composer {
  readonly key: ComposerKey;
  readonly kind: ComposeKind;
  readonly composition: Composition;
  readonly quoted: { readonly text: string; readonly html: string } | null;
  readonly withQuote: boolean;
  readonly draft: DraftId | null;
  readonly saving: 'no' | 'yes' | 'saved' | 'failed';
  readonly uploading: readonly { readonly id: number; readonly name: string }[];
  readonly problems: readonly Problem[];
  /** Files that were not taken the last time some were given. */
  readonly refused: readonly Refused[];
  readonly sending: boolean;
  readonly error: string | null;
}
export type Sent = Output<'compose.send'>;
export interface ComposerState {
  readonly composers: Readonly<Record<string, Composer>>;
  start(kind: ComposeKind, input: Omit<Input<'compose.start'>, 'kind'>): Promise<ComposerKey>;
  /** The line under a chat, or the draft that was left in a conversation. */
  resume(view: ConversationView): Promise<void>;
  /** The line under a thread, with what was left in it. */
  resumeThread(view: ConversationView, thread: MessageId): Promise<void>;
  openDraft(draft: DraftId): Promise<ComposerKey | null>;
  /** Brings back what was sent and recalled, just as it was written. */
  restore(composer: Composer, draft: DraftId): void;
  edit(key: ComposerKey, change: Partial<Composition>): void;
  /** The same composition said differently; nobody typed, so there is nothing to save. */
  adopt(key: ComposerKey, change: Partial<Composition>): void;
  keepQuote(key: ComposerKey, on: boolean): void;
  attach(key: ComposerKey, files: readonly File[], limits: SendLimits): Promise<void>;
  /** Resolves when no file is on its way any more, with whether all that were have been taken in. */
  attached(key: ComposerKey): Promise<boolean>;
  detach(key: ComposerKey, ref: string): void;
  /** What is pasted or dropped in meanwhile begins the next message. */
  send(key: ComposerKey, options?: { notBefore?: number; archive?: boolean }): Promise<Sent | null>;
  discard(key: ComposerKey): Promise<void>;
  /** Saves what is not saved yet; before the window goes. */
  flush(): Promise<void>;
}
const saveAfterMs = 600;
/** After a save that failed, ms. */
const firstRetryMs = 2_000;
const lastRetryMs = 30_000;

export const conversationKey = (id: ConversationId): ComposerKey => `conversation:${id}`;
export const threadKey = (id: MessageId): ComposerKey => `thread:${id}`;

/** What is being written: one composer a conversation and any number of new messages, each saved as one types. */
export function createComposerStore(client: Client): StoreApi<ComposerState> {
  return createStore<ComposerState>()((set, get) => {
    let counter = 1;
    const timers = new Map<ComposerKey, ReturnType<typeof setTimeout>>();
    /** Saves in a row that failed. */
    const failures = new Map<ComposerKey, number>();
    const saves = new Map<ComposerKey, Promise<void>>();
    /** Files on their way: whether all of a composer's were taken in. */
    const uploads = new Map<ComposerKey, Promise<boolean>>();

    const put = (key: ComposerKey, change: Partial<Composer>): void => {
      const composer = get().composers[key];
      if (composer) set({ composers: { ...get().composers, [key]: { ...composer, ...change } } });
    };
    const add = (composer: Composer): ComposerKey => {
      set({ composers: { ...get().composers, [composer.key]: composer } });
      return composer.key;
    };
    const drop = (key: ComposerKey): void => {
      clearTimeout(timers.get(key));
      timers.delete(key);
      failures.delete(key);
      const { [key]: _gone, ...composers } = get().composers;
      set({ composers });
    };
    const fresh = (key: ComposerKey, kind: ComposeKind, composition: Composition): Composer => ({
      key,
      kind,
      composition,
      quoted: null,
      withQuote: true,
      draft: null,
      saving: 'no',
      uploading: [],
      problems: [],
      refused: [],
      sending: false,
      error: null,
    });
    /** A full disk, a hub that died: what was written is still to be saved, with growing pauses, until it is. */
    const again = (key: ComposerKey): void => {
      const failed = (failures.get(key) ?? 0) + 1;
      failures.set(key, failed);
      if (!timers.has(key))
        timers.set(
          key,
          setTimeout(() => void save(key), Math.min(lastRetryMs, firstRetryMs * 2 ** (failed - 1))),
        );
    };
    /** One save at a time a composer, so that two never make two drafts. */
    const save = (key: ComposerKey): Promise<void> => {
      clearTimeout(timers.get(key));
      timers.delete(key);
      const run = async (): Promise<void> => {
        const composer = get().composers[key];
        if (!composer || composer.sending) return;
        try {
          const { draft, composition } = composer;
          if (isEmpty(composition) && draft === null) return put(key, { saving: 'no' });
          const saved = await client.call('drafts.save', { ...composition, ...(draft === null ? {} : { draft }) });
          put(key, { draft: saved.draft, saving: timers.has(key) ? 'no' : 'saved' });
        } catch {
          put(key, { saving: 'failed' });
          again(key);
          return;
        }
        failures.delete(key);
        const now = get().composers[key];
        if (!now) return;
        const { problems } = await client.call('compose.check', now.composition).catch(() => ({ problems: [] }));
        put(key, { problems });
      };
      // From now on, though an earlier save may still be waiting for a hub that does not answer.
      put(key, { saving: 'yes' });
      const after = (saves.get(key) ?? Promise.resolve()).then(run);
      saves.set(key, after);
      return after;
    };
    const touch = (key: ComposerKey): void => {
      clearTimeout(timers.get(key));
      timers.set(
        key,
        setTimeout(() => void save(key), saveAfterMs),
      );
    };
    /** A draft holds what was typed: what it answers is quoted anew, unless it stands in the text already. */
    const quoteAgain = async (key: ComposerKey): Promise<void> => {
      const composer = get().composers[key];
      const { replyTo = null, forwards = null, text = '' } = composer?.composition ?? {};
      const message = replyTo ?? forwards;
      if (message === null || /<blockquote|^>|^-{5,}/m.test(text)) return;
      const started = client.call('compose.start', { kind: replyTo === null ? 'forward' : 'reply', message });
      // Gone meanwhile: then the draft goes out as it stands.
      const quoted = await started.then(
        (found) => found.quoted,
        () => null,
      );
      put(key, { quoted });
    };
    /** One after another, so that the last of ten pictures does not keep the first from being seen. False when one failed. */
    const takeIn = async (key: ComposerKey, files: readonly File[], limits: SendLimits): Promise<boolean> => {
      let problem: string | null = null;
      for (const file of files) {
        const id = counter++;
        put(key, { uploading: [...(get().composers[key]?.uploading ?? []), { id, name: file.name }] });
        try {
          const mime = file.type || 'application/octet-stream';
          const base64 = await toBase64(file);
          const { ref, bytes } = await client.call('compose.upload', { name: file.name, mime, base64 });
          const part = partFor({ ref, mime, name: file.name, bytes }, limits);
          const composer = get().composers[key];
          if (composer) get().edit(key, { parts: [...composer.composition.parts, part] });
        } catch (error) {
          problem = errorMessage(error);
        } finally {
          put(key, { uploading: (get().composers[key]?.uploading ?? []).filter((one) => one.id !== id) });
        }
      }
      if (problem !== null) put(key, { error: problem });
      return problem === null;
    };
    return {
      composers: {},
      async start(kind, input) {
        const { quoted, ...composition } = await client.call('compose.start', { kind, ...input });
        const key: ComposerKey =
          composition.conversation !== null && kind !== 'forward' && kind !== 'new'
            ? conversationKey(composition.conversation)
            : `new:${counter++}`;
        const known = get().composers[key];
        return add({ ...fresh(key, kind, composition), quoted, draft: known?.draft ?? null });
      },
      async resume(view) {
        const key = conversationKey(view.id);
        if (get().composers[key]) return;
        if (view.limits.style === 'chat' && view.readOnly === null) add(fresh(key, 'new', emptyComposition(view)));
        if (!view.hasDraft) return;
        const kept = await client.call('drafts.get', { conversation: view.id });
        // One begun elsewhere is gone on with here; while its files cannot be fetched it stays a message to look at.
        const draft = kept ?? (await client.call('drafts.take', { conversation: view.id }).catch(() => null));
        const known = get().composers[key];
        if (!draft || (known && !isEmpty(known.composition))) return;
        add({ ...fresh(key, 'reply', compositionOfDraft(draft)), draft: draft.id, saving: 'saved' });
        await quoteAgain(key);
      },
      async resumeThread(view, thread) {
        const key = threadKey(thread);
        if (get().composers[key]) return;
        const composition = { ...emptyComposition(view), thread };
        add(fresh(key, 'reply', composition));
        if (!view.hasDraft) return;
        const draft = await client.call('drafts.get', { conversation: view.id, thread });
        const known = get().composers[key];
        if (!draft || !known || !isEmpty(known.composition)) return;
        add({ ...fresh(key, 'reply', compositionOfDraft(draft)), draft: draft.id, saving: 'saved' });
      },
      async openDraft(id) {
        const open = Object.values(get().composers).find((composer) => composer.draft === id);
        if (open) return open.key;
        const draft = await client.call('drafts.get', { conversation: null, draft: id });
        if (!draft) return null;
        const key: ComposerKey = draft.conversation === null ? `new:${counter++}` : conversationKey(draft.conversation);
        const kind = draft.replyTo !== null ? 'reply' : draft.forwards !== null ? 'forward' : 'new';
        add({ ...fresh(key, kind, compositionOfDraft(draft)), draft: id, saving: 'saved' });
        await quoteAgain(key);
        return key;
      },
      restore: (composer, draft) =>
        void add({ ...composer, draft, saving: 'saved', sending: false, error: null, uploading: [] }),
      edit(key, change) {
        const composer = get().composers[key];
        if (!composer) return;
        put(key, { composition: { ...composer.composition, ...change }, saving: 'no', error: null });
        touch(key);
      },
      adopt(key, change) {
        const composer = get().composers[key];
        if (composer) put(key, { composition: { ...composer.composition, ...change } });
      },
      keepQuote: (key, on) => put(key, { withQuote: on }),
      async attach(key, files, limits) {
        const written = get().composers[key];
        if (!written) return;
        const { taken, refused } = fitFiles(files, written.composition, limits);
        put(key, { refused, error: null });
        const before = uploads.get(key) ?? Promise.resolve(true);
        const all = takeIn(key, taken, limits).then(async (well) => (await before) && well);
        uploads.set(key, all);
        await all;
        if (uploads.get(key) === all) uploads.delete(key);
      },
      attached: (key) => uploads.get(key) ?? Promise.resolve(true),
      detach(key, ref) {
        const composer = get().composers[key];
        if (!composer) return;
        const parts = composer.composition.parts.filter((part) => !mediaOf(part).some((media) => media.ref === ref));
        get().edit(key, { parts });
      },
      async send(key, options = {}) {
        const composer = get().composers[key];
        if (!composer || composer.sending || composer.uploading.length > 0) return null;
        clearTimeout(timers.get(key));
        timers.delete(key);
        put(key, { sending: true, error: null });
        await saves.get(key);
        const now = get().composers[key] ?? composer;
        try {
          const sent = await client.call('compose.send', {
            ...withQuote(now.composition, now.withQuote ? now.quoted : null),
            ...(now.draft === null ? {} : { draft: now.draft }),
            ...(options.notBefore === undefined ? {} : { notBefore: options.notBefore }),
            archive: options.archive ?? false,
          });
          const next = writtenSince(now.composition, get().composers[key]?.composition ?? now.composition);
          drop(key);
          if (next) {
            add(fresh(key, 'new', next));
            touch(key);
          }
          return sent;
        } catch (error) {
          put(key, { sending: false, error: errorMessage(error) });
          touch(key);
          return null;
        }
      },
      async discard(key) {
        const composer = get().composers[key];
        drop(key);
        await saves.get(key);
        if (composer && composer.draft !== null) await client.call('drafts.discard', { draft: composer.draft });
      },
      async flush() {
        await Promise.all([...timers.keys()].map((key) => save(key)));
      },
    };
  });
}

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const chunk = 0x6000;
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + chunk))));
  }
  return pieces.join('');
}
