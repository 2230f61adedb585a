import {
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginEnvironment,
  type LoginFlow,
  type LoginStep,
} from '../../src-shared/channel.ts';
import { asUserKey } from '../../src-shared/model/index.ts';
import { readConfig, secretName } from './config.ts';
import { fetchCertificate, type ShownCertificate } from './login/certificate.ts';
import { discover, type Found, reachOverTcp, systemDns } from './login/discover.ts';
import {
  configOf,
  type Draft,
  draftFrom,
  draftOf,
  identitiesOf,
  readAddress,
  readSettings,
  settingsFields,
} from './login/form.ts';
import { presets } from './login/presets.ts';
import { type Failure, tryServers } from './login/try.ts';
import { fingerprintOf } from './tls.ts';

export const logins: readonly LoginFlow[] = [{ id: 'address', label: 'By e-mail address' }];

/**
 * Address first; from it the servers are found and shown for change; then both are tried for real. Whatever goes wrong
 * leads back to the form with everything still in it and a sentence on what to change.
 */
export async function* login(
  flow: string,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, LoginDone, LoginAnswers> {
  if (!logins.some(({ id }) => id === flow))
    throw new ChannelError('login', 'refused', `E-mail has no login called “${flow}”.`);
  const before = environment.existing && readConfig(environment.existing.config);
  let source: Found['source'] | 'account' = 'account';
  let draft: Draft;
  let secret = '';
  if (environment.existing && before !== undefined && typeof before !== 'string')
    draft = draftOf(environment.existing, before);
  else {
    const first = yield* askAddress(environment.existing?.key);
    environment.progress?.(`Looking up the settings of ${first.address.slice(first.address.lastIndexOf('@') + 1)} …`);
    const found = await discover(first.address, {
      fetch: environment.fetch,
      dns: systemDns(),
      reach: reachOverTcp,
      signal: environment.signal,
    });
    source = found.source;
    draft = draftFrom(first.address, first.name, found);
    secret = first.password;
  }

  let error: string | undefined;
  // An address and a password in one go need no second form when the settings are certain.
  let asked = secret !== '' && (source === 'provider' || source === 'autoconfig');
  for (;;) {
    if (!asked) {
      const answers: LoginAnswers = yield settingsStep(draft, source, error);
      const next = readSettings(draft, answers);
      if (typeof next === 'string') {
        error = next;
        continue;
      }
      draft = next;
      secret = answers.password || secret;
    }
    asked = false;
    if (secret === '') {
      error = 'The password is missing.';
      continue;
    }
    const failure = await tryServers(configOf(draft), secret, environment);
    if (!failure) break;
    environment.log.info('login did not work', { server: failure.what, code: failure.error.code });
    error = explain(failure, draft);
    if (failure.error.code !== 'certificate' && failure.error.code !== 'certificate-changed') continue;
    const confirmed = yield* askCertificate(failure, draft, environment);
    if (!confirmed) continue;
    draft = { ...draft, [failure.what]: { ...draft[failure.what], pin: confirmed.pem } };
    asked = true;
  }

  const pace = before === undefined || typeof before === 'string' ? {} : { pollMs: before.pollMs };
  const config = { ...configOf(draft), ...pace };
  return {
    account: {
      key: asUserKey(environment.existing?.key ?? draft.address.toLowerCase()),
      label: environment.existing?.label ?? draft.address,
      identities: identitiesOf(draft),
      config: { ...config },
    },
    secrets: { [secretName(config.auth)]: secret },
  };
}

async function* askAddress(
  known: string | undefined,
): AsyncGenerator<LoginStep, { address: string; name: string; password: string }, LoginAnswers> {
  let error: string | undefined;
  let value = known ?? '';
  let name = '';
  for (;;) {
    const answers: LoginAnswers = yield {
      id: 'address',
      title: 'Add a mailbox',
      text: 'The settings of your provider are looked up from the address; you can change them on the next page.',
      show: 'fields',
      fields: [
        { id: 'address', label: 'E-mail address', type: 'email', value, required: true },
        { id: 'name', label: 'Your name, as others see it', type: 'text', value: name },
      ],
      ...(error === undefined ? {} : { error }),
    };
    value = answers.address ?? '';
    name = answers.name ?? '';
    const address = readAddress(value);
    if (address) return { address, name: name.trim(), password: answers.password ?? '' };
    error = `“${value.trim()}” is no e-mail address.`;
  }
}

const foundBy: Readonly<Record<Found['source'] | 'account', string>> = {
  provider: '',
  autoconfig: 'Your provider publishes these settings.',
  srv: 'Your domain publishes these settings.',
  mx: '',
  guess: 'No settings are published for this address. These are a guess: please check them.',
  account: '',
};
function settingsStep(draft: Draft, source: Found['source'] | 'account', error: string | undefined): LoginStep {
  const preset = presets.find(({ id }) => id === draft.provider);
  const label = draft.auth === 'token' ? 'Access token' : (preset?.secret ?? 'Password');
  const sure = source !== 'guess' && error === undefined;
  const text = preset ? `${preset.name}. ${preset.help ?? ''}`.trim() : foundBy[source];
  return {
    id: 'settings',
    title: draft.address,
    show: 'fields',
    fields: settingsFields(draft, label, preset?.help, sure || source === 'provider'),
    ...(text === '' ? {} : { text }),
    ...(error === undefined ? {} : { error }),
  };
}

/** What went wrong, and for a wrong password what the right one would be. */
function explain({ what, error }: Failure, draft: Draft): string {
  const preset = presets.find(({ id }) => id === draft.provider);
  if (error.code === 'auth' && preset?.help) return `${error.message} ${preset.help}`;
  if (error.code === 'auth' && what === 'smtp')
    return `Incoming mail works. ${error.message} Perhaps outgoing mail has a user name of its own.`;
  if (error.code === 'refused' && draft.provider === 'proton')
    return 'The Proton Mail Bridge does not answer on this machine. Start it, or correct the port it shows in its settings.';
  return error.message;
}

/** Undefined when the person does not confirm, or when there is nothing new to confirm. */
async function* askCertificate(
  { what, error }: Failure,
  draft: Draft,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, ShownCertificate | undefined, LoginAnswers> {
  const server = draft[what];
  let shown: ShownCertificate;
  try {
    shown = await fetchCertificate(what, server, environment.signal);
  } catch (cause) {
    environment.log.warn('certificate could not be fetched', { reason: String(cause) });
    return undefined;
  }
  if (server.pin !== undefined && fingerprintOf(server.pin) === shown.fingerprint) return undefined;
  const answers: LoginAnswers = yield {
    id: 'certificate',
    title: `Is this ${server.host}?`,
    text: `${error.message} It names itself ${shown.subject}, was issued by ${shown.issuer} and is valid until ${shown.validUntil}. Compare the fingerprint with the one the server's owner (or the bridge on this machine) shows, and go on only if they are the same.`,
    show: 'fields',
    fields: [
      {
        id: 'certificate',
        label: 'SHA-256 fingerprint',
        type: 'certificate',
        value: shown.fingerprint,
        required: true,
        help: 'To confirm, send the fingerprint back; anything else leads back to the settings.',
      },
    ],
  };
  return answers.certificate === shown.fingerprint ? shown : undefined;
}
