import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveAgain } from './port.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-port-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A machine with one free port besides those asked for, and others that are taken. */
const machine = (free: number, taken: readonly number[] = []) => {
  const asked: number[] = [];
  const serve = async (port: number) => {
    asked.push(port);
    if (taken.includes(port)) throw new Error('taken');
    return { url: `http://127.0.0.1:${port === 0 ? free : port}` };
  };
  return { asked, serve };
};

test('the first start takes any port, the next the same, and another where that is taken', async () => {
  const file = join(folder, 'port');
  const first = machine(4001);
  expect((await serveAgain(file, first.serve)).url).toBe('http://127.0.0.1:4001');
  expect(first.asked).toEqual([0]);
  const second = machine(4002);
  expect((await serveAgain(file, second.serve)).url).toBe('http://127.0.0.1:4001');
  expect(second.asked).toEqual([4001]);
  const third = machine(4003, [4001]);
  expect((await serveAgain(file, third.serve)).url).toBe('http://127.0.0.1:4003');
  expect(third.asked).toEqual([4001, 0]);
  expect(readFileSync(file, 'utf8')).toBe('4003');
});

test('what is no port is not tried, and a host that cannot be served at all says why', async () => {
  const file = join(folder, 'damaged');
  for (const text of ['', 'seven', '-1', '70000', '80.5']) {
    writeFileSync(file, text);
    const here = machine(4001);
    await serveAgain(file, here.serve);
    expect(here.asked).toEqual([0]);
  }
  await expect(serveAgain(file, machine(0, [0, 4001]).serve)).rejects.toThrow('taken');
});
