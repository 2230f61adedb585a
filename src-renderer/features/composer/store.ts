import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Composition } from '../../../src-shared/ipc/index.ts';
import { type DraftId, mediaOf, type SendLimits } from '../../../src-shared/model/index.ts';
import { type Client, errorMessage } from '../../client/index.ts';
import {
  type ComposeKind,
  type Composer,
  type ComposerKey,
  type ComposerState,
  conversationKey,
  isWritten,
  type SendOptions,
  type Sent,
  threadKey,
} from './composer.ts';
import {
  compositionOfDraft,
  emptyComposition,
  isEmpty,
  joined,
  withQuote,
  wordsOf,
  writtenSince,
} from './composition.ts';
import { fitFiles, partFor } from './fits.ts';
import { toBase64 } from './to-base64.ts';

export {
  type ComposeKind,
  type Composer,
  type ComposerKey,
  type ComposerState,
  conversationKey,
  threadKey,
} from './composer.ts';

const saveAfterMs = 600;
/** After a save that failed, ms. */
const firstRetryMs = 2_000;
const lastRetryMs = 30_000;

/** What is being written: one composer a conversation and any number of new messages, each saved as one types. */
export function createComposerStore(client: Client): StoreApi<ComposerState> {
  return createStore<ComposerState>()((set, get) => {
    let counter = 1;
    const timers = new Map<ComposerKey, ReturnType<typeof setTimeout>>();
    /** Saves in a row that failed. */
    const failures = new Map<ComposerKey, number>();
    /** Saves under way, with the draft that is made by then. */
    const saves = new Map<ComposerKey, Promise<DraftId | null>>();
    /** Files on their way: whether all of a composer's were taken in. */
    const uploads = new Map<ComposerKey, Promise<boolean>>();
    /** Quotations being fetched: nothing goes out without its own. */
    const quotes = new Map<ComposerKey, Promise<void>>();
    /** What is being sent or thrown away: its key is given to nothing else before the hub has answered. */
    const going = new Map<ComposerKey, Promise<unknown>>();

    const alive = (key: ComposerKey, life: number): Composer | undefined => {
      const composer = get().composers[key];
      return composer?.life === life ? composer : undefined;
    };
    const put = (key: ComposerKey, change: Partial<Composer>, life?: number): void => {
      const composer = get().composers[key];
      if (!composer || (life !== undefined && composer.life !== life)) return;
      set({ composers: { ...get().composers, [key]: { ...composer, ...change } } });
    };
    const add = (composer: Composer): ComposerKey => {
      set({ composers: { ...get().composers, [composer.key]: composer } });
      return composer.key;
    };
    const drop = (key: ComposerKey): void => {
      clearTimeout(timers.get(key));
      timers.delete(key);
      for (const left of [failures, saves, uploads, quotes]) left.delete(key);
      const { [key]: _gone, ...composers } = get().composers;
      set({ composers });
    };
    const fresh = (key: ComposerKey, kind: ComposeKind, composition: Composition): Composer => ({
      key,
      life: counter++,
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
    const save = (key: ComposerKey): Promise<DraftId | null> => {
      clearTimeout(timers.get(key));
      timers.delete(key);
      const life = get().composers[key]?.life ?? 0;
      const run = async (before: DraftId | null): Promise<DraftId | null> => {
        const composer = alive(key, life);
        if (!composer || composer.sending) return composer?.draft ?? before;
        const { draft, composition } = composer;
        let made = draft;
        try {
          if (isEmpty(composition) && draft === null) put(key, { saving: 'no' }, life);
          else {
            const saved = await client.call('drafts.save', { ...composition, ...(draft === null ? {} : { draft }) });
            made = saved.draft;
          }
        } catch {
          put(key, { saving: 'failed' }, life);
          if (alive(key, life)) again(key);
          return null;
        }
        const now = alive(key, life);
        if (!now || made === null) return made;
        failures.delete(key);
        if (now.draft === draft) put(key, { draft: made, saving: timers.has(key) ? 'no' : 'saved' }, life);
        // What was recalled meanwhile has its own draft, and these words with it.
        else if (now.draft !== made) client.call('drafts.discard', { draft: made }).catch(() => undefined);
        const { problems } = await client.call('compose.check', now.composition).catch(() => ({ problems: [] }));
        put(key, { problems }, life);
        return made;
      };
      // From now on, though an earlier save may still be waiting for a hub that does not answer.
      put(key, { saving: 'yes' });
      const after = (saves.get(key) ?? Promise.resolve(null)).then(run);
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
      if (!composer || message === null || /<blockquote|^>|^-{5,}/m.test(text)) return;
      const started = client.call('compose.start', { kind: replyTo === null ? 'forward' : 'reply', message });
      const quoting = started.then(
        ({ quoted }) => {
          const now = alive(key, composer.life)?.composition;
          if ((now?.replyTo ?? now?.forwards) === message) put(key, { quoted });
        },
        // Gone meanwhile: then the draft goes out as it stands.
        () => undefined,
      );
      quotes.set(key, quoting);
      await quoting;
    };
    /** One after another, so that the last of ten pictures does not keep the first from being seen. False when one failed. */
    const takeIn = async ({ key, life }: Composer, files: readonly File[], limits: SendLimits): Promise<boolean> => {
      let problem: string | null = null;
      for (const file of files) {
        const id = counter++;
        const uploading = alive(key, life)?.uploading;
        // Thrown away meanwhile: the next with its key was given no files.
        if (!uploading) return false;
        put(key, { uploading: [...uploading, { id, name: file.name }] });
        try {
          const mime = file.type || 'application/octet-stream';
          const base64 = await toBase64(file);
          const { ref, bytes } = await client.call('compose.upload', { name: file.name, mime, base64 });
          const part = partFor({ ref, mime, name: file.name, bytes }, limits);
          const composer = alive(key, life);
          if (composer) get().edit(key, { parts: [...composer.composition.parts, part] });
        } catch (error) {
          problem = errorMessage(error);
        } finally {
          const left = (alive(key, life)?.uploading ?? []).filter((one) => one.id !== id);
          put(key, { uploading: left }, life);
        }
      }
      if (problem !== null) put(key, { error: problem }, life);
      return problem === null && alive(key, life) !== undefined;
    };
    /** Hands over what is written, and leaves what was added meanwhile as the beginning of the next. */
    const post = async ({ key, life }: Composer, options: SendOptions): Promise<Sent | null> => {
      try {
        await Promise.all([saves.get(key), quotes.get(key)]);
        const now = alive(key, life);
        if (!now) return null;
        const sent = await client.call('compose.send', {
          ...withQuote(now.composition, now.withQuote ? now.quoted : null),
          ...(now.draft === null ? {} : { draft: now.draft }),
          ...(options.notBefore === undefined ? {} : { notBefore: options.notBefore }),
          archive: options.archive ?? false,
        });
        const after = alive(key, life);
        if (!after) return sent;
        const { uploading } = after;
        const next = writtenSince(now.composition, after.composition, uploading.length > 0);
        const files = uploads.get(key);
        drop(key);
        if (next) {
          add({ ...fresh(key, 'new', next), life, uploading });
          if (files) uploads.set(key, files);
          touch(key);
        }
        return sent;
      } catch (error) {
        put(key, { sending: false, error: errorMessage(error) }, life);
        if (alive(key, life)) touch(key);
        return null;
      }
    };
    return {
      composers: {},
      async start(kind, input) {
        const { quoted, ...composition } = await client.call('compose.start', { kind, ...input });
        const key: ComposerKey =
          composition.conversation !== null && kind !== 'forward' && kind !== 'new'
            ? conversationKey(composition.conversation)
            : `new:${counter++}`;
        if (going.has(key)) await going.get(key);
        const known = get().composers[key];
        const begun = fresh(key, kind, composition);
        if (!known) return add({ ...begun, quoted });
        // What is written already goes on, as an answer to this.
        const { life, draft, uploading } = known;
        const words = isEmpty(known.composition) ? {} : wordsOf(known.composition);
        add({ ...begun, composition: { ...composition, ...words }, quoted, life, draft, uploading });
        if (draft !== null || known.saving !== 'no' || timers.has(key)) touch(key);
        return key;
      },
      async resume(view) {
        const key = conversationKey(view.id);
        if (going.has(key)) await going.get(key);
        if (get().composers[key]) return;
        if (view.limits.style === 'chat' && view.readOnly === null) add(fresh(key, 'new', emptyComposition(view)));
        if (!view.hasDraft) return;
        const kept = await client.call('drafts.get', { conversation: view.id });
        // One begun elsewhere is gone on with here; while its files cannot be fetched it stays a message to look at.
        const draft = kept ?? (await client.call('drafts.take', { conversation: view.id }).catch(() => null));
        if (!draft || isWritten(get().composers[key])) return;
        const composition = compositionOfDraft(draft);
        // What it answers may have been chosen while it was on its way.
        const replyTo = get().composers[key]?.composition.replyTo ?? composition.replyTo;
        add({ ...fresh(key, 'reply', { ...composition, replyTo }), draft: draft.id, saving: 'saved' });
        await quoteAgain(key);
      },
      async resumeThread(view, thread) {
        const key = threadKey(thread);
        if (going.has(key)) await going.get(key);
        if (get().composers[key]) return;
        const composition = { ...emptyComposition(view), thread };
        add(fresh(key, 'reply', composition));
        if (!view.hasDraft) return;
        const draft = await client.call('drafts.get', { conversation: view.id, thread });
        if (!draft || !get().composers[key] || isWritten(get().composers[key])) return;
        add({ ...fresh(key, 'reply', compositionOfDraft(draft)), draft: draft.id, saving: 'saved' });
      },
      async openDraft(id) {
        const shown = () => Object.values(get().composers).find((composer) => composer.draft === id)?.key;
        if (shown()) return shown() ?? null;
        const draft = await client.call('drafts.get', { conversation: null, draft: id });
        if (!draft) return null;
        const key: ComposerKey = draft.conversation === null ? `new:${counter++}` : conversationKey(draft.conversation);
        if (going.has(key)) await going.get(key);
        // What stands in its place becomes a draft like it.
        if (isWritten(get().composers[key]) && (await save(key)) === null) return null;
        // Asked for twice, it is opened once.
        const twin = shown();
        if (twin) return twin;
        const kind = draft.replyTo !== null ? 'reply' : draft.forwards !== null ? 'forward' : 'new';
        add({ ...fresh(key, kind, compositionOfDraft(draft)), draft: id, saving: 'saved' });
        await quoteAgain(key);
        return key;
      },
      restore(composer, draft) {
        const { key } = composer;
        if (going.has(key)) return void going.get(key)?.then(() => get().restore(composer, draft));
        const known = get().composers[key];
        const back: Composer = { ...composer, draft, saving: 'saved', sending: false, error: null, uploading: [] };
        if (!known || !isWritten(known)) return void add({ ...back, life: counter++ });
        const composition = joined(composer.composition, known.composition);
        add({ ...back, composition, life: known.life, uploading: known.uploading });
        touch(key);
        if (known.draft !== null) client.call('drafts.discard', { draft: known.draft }).catch(() => undefined);
      },
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
        const all = takeIn(written, taken, limits).then(async (well) => (await before) && well);
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
        const sent = post(composer, options);
        going.set(key, sent);
        try {
          return await sent;
        } finally {
          if (going.get(key) === sent) going.delete(key);
        }
      },
      async discard(key) {
        const composer = get().composers[key];
        if (!composer) return;
        const saving = saves.get(key);
        drop(key);
        const work = async (): Promise<void> => {
          // A first save that is under way makes a draft after all.
          const draft = composer.draft ?? (await saving) ?? null;
          if (draft !== null) await client.call('drafts.discard', { draft });
        };
        const gone = Promise.all([going.get(key), work()]);
        const over = gone.catch(() => undefined);
        going.set(key, over);
        try {
          await gone;
        } finally {
          if (going.get(key) === over) going.delete(key);
        }
      },
      async flush() {
        await Promise.all([...timers.keys()].map((key) => save(key)));
      },
    };
  });
}
