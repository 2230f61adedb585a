import {
  type AccountDescription,
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginEnvironment,
  type LoginFlow,
  type LoginStep,
} from '../../src-shared/channel.ts';
import { asUserKey } from '../../src-shared/model/index.ts';
import { isNetwork, type NetworkId, networkIds, networks } from './networks.ts';

/** `world` asks which network; every other flow is a network of its own and asks nothing. */
export const flows: readonly LoginFlow[] = [
  { id: 'world', label: 'Choose a pretend network' },
  ...networkIds.map((id) => ({ id, label: networks[id].label })),
];

/** What an account of the pretend world remembers. */
export interface Config {
  readonly network: NetworkId;
  /** The moment the past ends and the present begins, Unix ms. */
  readonly epoch: number;
  /** How fast the present runs: 1 as in life, 10 ten times as fast, 0 not at all. */
  readonly speed: number;
}

/** Reads what `describe` wrote. Throws a `ChannelError` when the account is not one of this world. */
export function configOf(account: AccountDescription): Config {
  const { network, epoch, speed } = account.config;
  if (typeof network !== 'string' || !isNetwork(network) || typeof epoch !== 'number') {
    throw new ChannelError('config', 'refused', 'This account does not belong to the demo world.');
  }
  return { network, epoch, speed: typeof speed === 'number' && speed >= 0 ? speed : 1 };
}

function describe(id: NetworkId, epoch: number, speed: number): AccountDescription {
  const { label, me, identities } = networks[id];
  // One key over all networks of the channel: two of them may know the person by the same number.
  return { key: asUserKey(`${id}/${me}`), label, identities, config: { network: id, epoch, speed } };
}

/**
 * Logs in to a pretend network. Besides `choice` an answer may carry `epoch` (Unix ms) and `speed`, which tests use.
 * Throws `ChannelError` (refused) for a network or a flow that does not exist.
 */
export async function* login(
  flow: string,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, LoginDone, LoginAnswers> {
  const before = environment.existing === undefined ? undefined : configOf(environment.existing);
  let network = before?.network;
  let epoch = before?.epoch ?? environment.clock.now();
  let speed = before?.speed ?? 1;
  if (network === undefined && isNetwork(flow)) network = flow;
  if (network === undefined && flow !== 'world') {
    throw new ChannelError('flow', 'refused', `The demo world has no way in called ${flow}.`);
  }
  let error: string | undefined;
  while (network === undefined) {
    const answers: LoginAnswers = yield {
      show: 'choose',
      id: 'network',
      title: 'Which pretend network?',
      text: 'Nobody here is real, and nothing leaves this machine.',
      options: networkIds.map((id) => ({ id, label: networks[id].label, detail: networks[id].detail })),
      ...(error === undefined ? {} : { error }),
    };
    const { choice = '' } = answers;
    if (answers.epoch !== undefined && Number(answers.epoch) > 0) epoch = Number(answers.epoch);
    if (answers.speed !== undefined && Number(answers.speed) >= 0) speed = Number(answers.speed);
    if (isNetwork(choice)) network = choice;
    else error = 'Choose one of these networks.';
  }
  return { account: describe(network, epoch, speed), secrets: {} };
}
