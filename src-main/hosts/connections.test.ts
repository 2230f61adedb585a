import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectSteadily } from './connections.ts';

test('an answer that is read only after the server has closed the connection is whole, and ends nothing', async () => {
  await connectSteadily();
  const body = Buffer.alloc(64 * 1024, 'a');
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`);
      socket.write(body);
      socket.end();
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const met = once(server, 'connection');
  const answer = await fetch(`http://127.0.0.1:${address.port}/`);
  const [socket]: Socket[] = await met;
  if (socket && !socket.closed) await once(socket, 'close');
  expect((await answer.arrayBuffer()).byteLength).toBe(body.length);
});
