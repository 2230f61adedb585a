import {
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginFlow,
  type LoginStep,
} from '../../src-shared/channel.ts';
import { asUserKey } from '../../src-shared/model/index.ts';
import { parseAddresses } from '../_kit/mail/index.ts';

export const logins: readonly LoginFlow[] = [{ id: 'files', label: 'Files on this computer' }];

/** Nothing to prove to anyone: a name for the archive and, if wanted, which addresses in it are the person's own. */
export async function* login(flow: string): AsyncGenerator<LoginStep, LoginDone, LoginAnswers> {
  if (!logins.some(({ id }) => id === flow))
    throw new ChannelError('unknown-flow', 'refused', 'A mail archive is opened from files on this computer only.');
  const answers = yield {
    id: 'archive',
    title: 'Mail archive',
    show: 'fields',
    fields: [
      { id: 'name', label: 'Name', type: 'text', value: 'Archive', required: true },
      {
        id: 'addresses',
        label: 'Your own addresses',
        type: 'text',
        help: 'Separated by commas. Mail from them is shown as yours.',
      },
    ],
  };
  const label = answers.name?.trim() || 'Archive';
  return {
    account: {
      key: asUserKey(`archive:${label.toLowerCase()}`),
      label,
      identities: parseAddresses(answers.addresses)
        .filter(({ address }) => address !== '')
        .map(({ address, name }) => ({ key: asUserKey(address), ...(name === '' ? {} : { name }) })),
      config: {},
    },
    secrets: {},
  };
}
