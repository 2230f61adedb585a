import { expect, test } from 'vitest';
import { WorkerClient } from './client.ts';

/** A worker that speaks the protocol and dies when told to. */
const mortal = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    let count = 0;
    parentPort.on('message', ({ id, name, input }) => {
      if (name === 'open') parentPort.postMessage({ ready: true });
      else if (name === 'die') process.exit(3);
      else if (name === 'throw') throw new Error('broken');
      else if (name === 'wait') return;
      else if (name === 'count') parentPort.postMessage({ id, output: ++count });
      else parentPort.postMessage({ id, output: input });
    });
  `)}`,
);
const client = () => new WorkerClient(mortal, { file: 'none', key: new Uint8Array(32) });

test('D-4: a worker that dies rejects what it had under way, and the next call starts it anew', async () => {
  const worker = client();
  expect(await worker.call('say', 1, 0)).toBe(1);
  const waiting = worker.call('wait', null, 0);
  const dying = worker.call('die', null, 0);
  const ends = await Promise.allSettled([waiting, dying]);
  const rejected = { status: 'rejected', reason: expect.objectContaining({ name: 'StoreError', code: 'io' }) };
  expect(ends).toEqual([rejected, rejected]);
  expect(await worker.call('say', 2, 0)).toBe(2);
  await worker.close();
});

test('D-4: whoever asks the moment a worker broke is answered by the next, and there is only one next', async () => {
  const worker = client();
  await expect(worker.call('throw', null, 0)).rejects.toMatchObject({ code: 'io' });
  // The end of the broken one is told of after its error, while this one starts.
  expect(await worker.call('count', null, 0)).toBe(1);
  expect(await worker.call('count', null, 0)).toBe(2);
  await worker.close();
});

test('one that dies while it is being closed does not keep anyone waiting', async () => {
  const worker = client();
  const dying = worker.call('die', null, 0);
  await Promise.allSettled([worker.close(), dying]);
  await expect(worker.call('say', 3, 0)).rejects.toMatchObject({ code: 'io' });
});

test('a worker told to open only after something that fails is never opened', async () => {
  const worker = client();
  await expect(worker.start(Promise.reject(new Error('the other failed')))).rejects.toThrow('the other failed');
  await worker.close();
});

test('D-1: what waits when a worker is told to close is answered before it does', async () => {
  const serve = JSON.stringify(new URL('./serve.ts', import.meta.url).href);
  const slow = `
    import { serve } from ${serve};
    const run = ({ name, input }) => {
      if (name === 'stall') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      return input;
    };
    serve(() => ({ run, together: { joins: () => false, run: () => [] }, close: () => undefined }));
  `;
  const worker = new WorkerClient(new URL(`data:text/javascript,${encodeURIComponent(slow)}`), {
    file: 'none',
    key: new Uint8Array(32),
  });
  await worker.start();
  const asked = Promise.all([worker.call('stall', 1, 0), worker.call('say', 2, 0), worker.call('say', 3, 0)]);
  // Told in one breath with what it is asked, as a worker that has no time to look finds it.
  const closed = worker.close();
  expect(await asked).toEqual([1, 2, 3]);
  await closed;
});
