import type { LoginAnswers, LoginStep } from '../../../src-shared/channel.ts';
import type { Telegram } from './index.ts';

/** What a person would answer to whichever step of a login, who chose that way in. */
export function answers(step: LoginStep, running: Telegram, way = 'phone'): LoginAnswers {
  const { apiId, apiHash, phone, code, password, botToken } = running.credentials;
  const all: LoginAnswers = {
    apiId: String(apiId),
    apiHash,
    phone,
    code,
    password: password ?? '',
    token: botToken,
    server: running.address,
    serverKey: running.serverKey,
  };
  if (step.show === 'choose') return { choice: way };
  if (step.show !== 'fields') return {};
  return Object.fromEntries(step.fields.map(({ id }) => [id, all[id] ?? '']));
}
