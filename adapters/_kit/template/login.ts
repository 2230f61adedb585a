import {
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginEnvironment,
  type LoginStep,
} from '../../../src-shared/channel.ts';
import { userKey } from './ids.ts';
import { remote } from './remote.ts';

export const flow = { id: 'token', label: 'Address and token' };

/** Asks until the board answers; nothing is kept open between two questions, so that giving up needs no tidying. */
export async function* login(
  flowId: string,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, LoginDone, LoginAnswers> {
  if (flowId !== flow.id) throw new ChannelError('flow', 'refused', `A board has no way in called ${flowId}.`);
  let error: string | undefined;
  for (;;) {
    const { address = '', token = '' } = yield {
      show: 'fields',
      id: 'address',
      title: 'Which board?',
      fields: [
        { id: 'address', label: 'Address', type: 'text', required: true, value: 'http://127.0.0.1:8080' },
        { id: 'token', label: 'Token', type: 'password', required: true },
      ],
      ...(error === undefined ? {} : { error }),
    };
    if (!URL.canParse(address)) {
      error = 'This is not an address.';
      continue;
    }
    try {
      const { name } = await remote(environment.fetch, address, token).greet(environment.signal);
      return {
        account: {
          key: userKey(`${name}@${new URL(address).host}`),
          label: new URL(address).host,
          identities: [{ key: userKey(name), name }],
          config: { address, name },
        },
        secrets: { token },
      };
    } catch (cause) {
      if (!(cause instanceof ChannelError)) throw cause;
      error = cause.message;
    }
  }
}
