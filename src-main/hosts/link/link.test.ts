import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { AttachmentId } from '../../../src-shared/model/index.ts';
import { LateDoor } from '../late-door.ts';
import { attachmentText, smallHub } from '../testing/small-hub.ts';
import { hubSide } from './hub-side.ts';
import type { FromHub, Line, ToHub } from './messages.ts';
import { HubLink } from './shell-side.ts';

/** One end of a real message channel: the same structured clone as between processes. */
const lineOver = <Out, In>(port: MessagePort): Line<Out, In> => ({
  send: (message) => port.postMessage(message),
  receive: (listener) => port.on('message', listener),
});
const begin = () => {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const told: FromHub[] = [];
  let stopped = false;
  const side = hubSide(lineOver<FromHub, ToHub>(port1), () => {
    stopped = true;
  });
  const up = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const link = new HubLink(lineOver<ToHub, FromHub>(port2), (message) => {
    told.push(message);
    if (message.is === 'up') up.resolve();
    if (message.is === 'ask') asked.resolve();
  });
  return { side, link, told, up: up.promise, asked: asked.promise, stopped: () => stopped };
};
const seven = AttachmentId.parse(7);
const page = { window: 'w' };

test('calls, events and attachments pass between the processes', async () => {
  const { side, link, up } = begin();
  const hub = smallHub();
  side.open(hub);
  await up;
  expect(await link.call('echo', { n: 1n }, page)).toEqual({ ok: true, value: { input: { n: 1n }, window: 'w' } });
  const event = new Promise((resolve) => link.on((name, payload) => resolve([name, payload])));
  hub.publish('changed', { seq: 2, topics: [] });
  expect(await event).toEqual(['changed', { seq: 2, topics: [] }]);
  const file = await link.attachment(seven);
  expect(file?.bytes).toBe(attachmentText.length);
  const chunks: Uint8Array[] = [];
  for await (const chunk of file?.read(4, 7) ?? []) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('bell');
  expect(await link.attachment(AttachmentId.parse(8))).toBeUndefined();
});

test('the question for the passphrase reaches the shell, and its answer the hub', async () => {
  const { side, link, told, asked } = begin();
  const answer = side.prompt.unlock(true);
  await asked;
  expect(told).toEqual([{ is: 'ask', what: 'unlock', wrong: true }]);
  link.answer('bells');
  expect(await answer).toBe('bells');
});

test('when the hub dies every waiting call is told to try again', async () => {
  const { link } = begin();
  const waiting = link.call('echo', {}, page);
  const opening = link.attachment(seven);
  link.end();
  expect(await waiting).toMatchObject({ ok: false, error: { code: 'hub-down', retryable: true } });
  expect(await opening).toBeUndefined();
  expect(await link.call('echo', {}, page)).toMatchObject({ ok: false, error: { code: 'hub-down' } });
});

test('windows hear that the hub is down and up again, and reach the new one', async () => {
  const door = new LateDoor(0);
  const heard: unknown[] = [];
  door.on((event, payload) => heard.push([event, payload]));
  door.open(smallHub());
  door.lost();
  expect(await door.call('echo', {}, page)).toMatchObject({ ok: false, error: { code: 'hub-down', retryable: true } });
  door.open(smallHub());
  expect(await door.call('echo', {}, page)).toMatchObject({ ok: true });
  expect(heard).toEqual([
    ['hub', { is: 'up' }],
    ['hub', { is: 'down' }],
    ['hub', { is: 'up' }],
  ]);
});

test('a call made while the hub starts is answered once it is up', async () => {
  const door = new LateDoor();
  const early = door.call('echo', {}, page);
  door.open(smallHub());
  expect(await early).toMatchObject({ ok: true });
});
