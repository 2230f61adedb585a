import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Ending, inProject, productNode, root, say } from './project.mjs';

/**
 * The simulated networks as a process beside this one, in which somebody writes every now and then. It ends with this
 * one, however that ends.
 * @returns {Promise<{logins: readonly {name: string, login: object}[], stop: () => Promise<void>}>}
 */
export const startNetworks = async () => {
  const child = spawn(productNode(), [inProject('scripts', 'simulate.mjs'), '--lively'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  // Asked to end while they start, this process has nothing to hand the signal on to yet.
  const early = () => stop().finally(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, early);
  const [running] = await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Ending('The simulated networks did not start.'))),
  ]);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, early);
  const names = running.networks.map(({ name }) => name).join(', ');
  say(`Simulated networks: ${names}. What they were sent, and more news (POST): ${running.door}`);
  return { logins: running.networks, stop };
};
