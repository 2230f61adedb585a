import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './project.mjs';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs the program everything was for with this one's own input and output: signals go through to it, its end is this
 * one's end, and where this one is killed outright it notices by the closed channel.
 * @returns {Promise<{code: number, ranMs: number}>}
 */
export const handOver = (command, args, { env = process.env, channel = false } = {}) =>
  new Promise((resolve, reject) => {
    const began = Date.now();
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: channel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    });
    const forward = (signal) => child.kill(signal);
    for (const signal of forwarded) process.on(signal, forward);
    const done = () => {
      for (const signal of forwarded) process.off(signal, forward);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), ranMs: Date.now() - began });
    });
  });
