import { ChannelError, type SendOptions, type SendResult } from '../../../src-shared/channel.ts';
import type { Media } from '../../../src-shared/model/index.ts';
import type { Ts } from '../ids.ts';
import { oneMessage } from '../sync/one.ts';
import type { Work } from '../sync/work.ts';
import { FileInfo, Nothing, UploadUrl } from '../wire/answers.ts';
import { type Composed, saying } from './compose.ts';
import { sent } from './sent.ts';

/** The stage of having put all files up without having shown them to anybody: their ids. */
const stagePrefix = 'files:';
const stageOf = (ids: readonly string[]): string => `${stagePrefix}${ids.join(',')}`;
export const filesIn = (stage: string | undefined): readonly string[] =>
  stage?.startsWith(stagePrefix) ? stage.slice(stagePrefix.length).split(',') : [];

/** Slack shares files a moment after it said yes, and only then do they have a message. */
const looks = 20;
const lookEveryMs = 500;

/**
 * Files are put up first, which nobody sees, and then shown all at once with the words as their introduction
 * (https://docs.slack.dev/messaging/working-with-files). Their ids are kept as the stage, so that after a crash it can be
 * seen whether they were shown.
 */
export async function sendFiles(work: Work, composed: Composed, options: SendOptions): Promise<SendResult> {
  const before = filesIn(options.stage);
  try {
    return await share(
      work,
      composed,
      before.length > 0 ? before : await putUp(work, composed.media, options),
      options,
    );
  } catch (error) {
    // What was put up and not shown is thrown away by Slack after a while.
    const stale = before.length > 0 && error instanceof ChannelError && error.code === 'file_not_found';
    if (!stale) throw error;
    return share(work, composed, await putUp(work, composed.media, options), options);
  }
}

async function putUp(work: Work, media: readonly Media[], options: SendOptions): Promise<readonly string[]> {
  const { signal } = options;
  const ids: string[] = [];
  const total = media.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let carried = 0;
  options.progress(0, total);
  for (const { ref, name } of media) {
    const bytes = await options.open(ref);
    const { upload_url: url, file_id: id } = await work.web.call(
      'files.getUploadURLExternal',
      { filename: name ?? 'file', length: bytes.byteLength },
      { answer: UploadUrl, signal },
    );
    await work.web.upload(url, bytes, signal);
    ids.push(id);
    carried += bytes.byteLength;
    options.progress(carried, Math.max(total, carried));
  }
  await options.reached(stageOf(ids));
  return ids;
}

async function share(
  work: Work,
  composed: Composed,
  ids: readonly string[],
  options: SendOptions,
): Promise<SendResult> {
  const { channel, thread, words, media } = composed;
  const { signal, txn } = options;
  for (const id of ids) work.uploads.note(id, txn);
  await saying(words, (blocks) =>
    work.web.call(
      'files.completeUploadExternal',
      {
        files: ids.map((id, at) => ({ id, title: media[at]?.name ?? 'file' })),
        channel_id: channel,
        ...(thread !== undefined && { thread_ts: thread }),
        // "If the initial_comment field is provided, the blocks field is ignored."
        ...(blocks ? { blocks } : words.text !== '' && { initial_comment: words.text }),
      },
      { answer: Nothing, signal, once: true },
    ),
  );
  // From here on it is done, whatever becomes of the looking: a failure of that must not read as "not done".
  let cause: unknown;
  try {
    for (let look = 0; look < looks; look++) {
      const { ts } = await shownAs(work, channel, ids, signal);
      if (ts !== undefined) return await shown(work, channel, ts, options);
      await work.clock.sleep(lookEveryMs, signal);
    }
  } catch (error) {
    cause = error;
  }
  throw new ChannelError('pending', 'unknown', 'Slack has taken the files and not shown them yet.', { cause });
}

/** Where files that were perhaps shown are shown; undefined where they were not. */
export async function shownAtLast(
  work: Work,
  channel: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Ts | undefined> {
  for (let look = 0; look < looks; look++) {
    const { ts, taken } = await shownAs(work, channel, ids, signal);
    if (ts !== undefined || !taken) return ts;
    await work.clock.sleep(lookEveryMs, signal);
  }
  return undefined;
}

export async function shown(work: Work, channel: string, ts: Ts, options: SendOptions): Promise<SendResult> {
  const found = await oneMessage(work.web, channel, ts, options.signal);
  return sent(work, channel, ts, found?.raw, options);
}

/** The message that shows the files in this conversation, if there is one, and whether Slack has them at all. */
async function shownAs(
  work: Work,
  channel: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly ts?: Ts | undefined; readonly taken: boolean }> {
  const [id] = ids;
  if (id === undefined) return { taken: false };
  try {
    const { file } = await work.web.call('files.info', { file: id }, { answer: FileInfo, signal });
    const shares = [...(file.shares?.public?.[channel] ?? []), ...(file.shares?.private?.[channel] ?? [])];
    return { ts: shares.at(-1)?.ts, taken: true };
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'file_not_found') return { taken: false };
    throw error;
  }
}
