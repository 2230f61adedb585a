import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src-shared/channel.ts';

/** Longest delay a timer takes; longer ones fire at once (Node documentation, `setTimeout`). */
const longestDelay = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  async sleep(ms, signal) {
    for (let left = ms; left > 0; left -= longestDelay) {
      try {
        await delay(Math.min(left, longestDelay), undefined, signal === undefined ? {} : { signal });
      } catch (error) {
        throw signal?.reason ?? error;
      }
    }
    signal?.throwIfAborted();
  },
};
