import { z } from 'zod';
import type { LoginField, LoginStep } from '../../../src-shared/channel.ts';
import type { LoginView } from '../../../src-shared/ipc/index.ts';
import { ask, canAsk, readStdin } from './ask.ts';
import type { CommandContext } from './command.ts';
import { Failure, misuse } from './failure.ts';
import { oneLine } from './text.ts';

export interface LoginInput {
  readonly channel: string;
  readonly flow: string | undefined;
  /** By field id; for a choice by the step's id or `choice`. Never a password. */
  readonly fields: ReadonlyMap<string, string>;
  /** The first password asked for is read from stdin. */
  readonly passwordStdin: boolean;
  /** Where secrets may stand, by `CARILLON_PASSWORD` and `CARILLON_FIELD_<ID>`. */
  readonly environment: NodeJS.ProcessEnv;
}

const Progress = z.object({ login: z.string(), doing: z.string() });

/** Goes through a channel's login step by step. Answers the account's id. Throws `Failure` where an answer is missing. */
export const login = async (context: CommandContext, input: LoginInput): Promise<number> => {
  const { hub, output } = context;
  const { channel, flow } = input;
  let started: string | undefined;
  const endHearing = await hub.hear((event, payload) => {
    const told = event === 'login-progress' ? Progress.safeParse(payload) : undefined;
    if (told?.success && told.data.login === started) output.note(oneLine(told.data.doing));
  });
  try {
    const first = await hub.call('login.start', flow === undefined ? { channel } : { channel, flow });
    started = first.login;
    return await goThrough(context, first, new Answers(input));
  } finally {
    endHearing();
  }
};

const goThrough = async (
  { hub, output, signal }: CommandContext,
  first: LoginView,
  answering: Answers,
): Promise<number> => {
  let view = first;
  try {
    while (view.account === null) {
      if (signal.aborted) throw new Failure('Cancelled.');
      if (view.error !== null) throw new Failure(oneLine(view.error));
      const { step } = view;
      if (step === null) throw new Failure('The login ended without an account.');
      output.note(oneLine(step.text === undefined ? step.title : `${step.title} - ${step.text}`));
      if (step.error !== undefined) {
        output.note(oneLine(step.error));
        if (!canAsk()) throw new Failure(oneLine(step.error));
      }
      const answers = await answering.to(step);
      view = await hub.call('login.answer', { login: view.login, answers });
    }
  } catch (error) {
    await cancel(hub, first.login, view);
    throw error;
  }
  return view.account;
};

const cancel = async (hub: CommandContext['hub'], login: string, view: LoginView): Promise<void> => {
  if (view.account !== null || view.error !== null) return;
  try {
    await hub.call('login.cancel', { login });
  } catch {
    // It has ended by itself; the reason of the failure is already on its way up.
  }
};

class Answers {
  readonly #input: LoginInput;
  #stdinLeft: boolean;
  readonly #given = new Map<string, number>();

  constructor(input: LoginInput) {
    this.#input = input;
    this.#stdinLeft = input.passwordStdin;
  }

  async to(step: LoginStep): Promise<Record<string, string>> {
    switch (step.show) {
      case 'fields': {
        const answers: Record<string, string> = {};
        for (const field of step.fields) {
          const value = await this.#field(field, step.error !== undefined);
          if (value !== undefined) answers[field.id] = value;
        }
        return answers;
      }
      case 'choose':
        return { choice: await this.#choice(step) };
      case 'browser':
        process.stderr.write(`Open this address in a browser:\n  ${step.url}\n`);
        return this.#confirm(step);
      case 'qr':
      case 'code':
        process.stderr.write(`${oneLine(step.data)}\n`);
        return this.#confirm(step);
    }
  }

  async #confirm(step: LoginStep): Promise<Record<string, string>> {
    const given = this.#input.fields.get(step.id);
    if (given !== undefined) return { [step.id]: given };
    if (!canAsk()) return {};
    const typed = await ask('Press Enter when done, or type what you were shown');
    return typed === '' ? {} : { [step.id]: typed, code: typed };
  }

  async #field(field: LoginField, again: boolean): Promise<string | undefined> {
    const secret = field.type === 'password';
    const given = this.#input.fields.get(field.id);
    if (given !== undefined && secret) {
      throw misuse(
        `Secrets are not taken from the command line: give "${field.id}" with --password-stdin or in CARILLON_PASSWORD.`,
      );
    }
    if (given !== undefined && !(again && canAsk())) return given;
    if (secret) {
      const value = await this.#secret(field, again);
      if (value !== undefined) return value;
    } else if (canAsk() && (!field.advanced || again)) {
      const options = field.options?.map(({ value }) => value).join(' | ');
      const question = oneLine(options === undefined ? field.label : `${field.label} (${options})`);
      const typed = await ask(question, { otherwise: field.value ?? '' });
      return typed === '' && !field.required ? undefined : typed;
    }
    if (field.value !== undefined) return field.value;
    if (field.required) throw misuse(`"${oneLine(field.label)}" is needed: --field ${field.id}=...`);
    return undefined;
  }

  async #secret(field: LoginField, again: boolean): Promise<string | undefined> {
    const times = this.#given.get(field.id) ?? 0;
    this.#given.set(field.id, times + 1);
    if (this.#stdinLeft) {
      this.#stdinLeft = false;
      return readStdin();
    }
    const { environment } = this.#input;
    const named = environment[`CARILLON_FIELD_${field.id.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`];
    const kept = named ?? (field.id.toLowerCase().includes('password') ? environment.CARILLON_PASSWORD : undefined);
    if (kept !== undefined && times === 0) return kept;
    if (canAsk() && (field.required || again)) return ask(oneLine(field.label), { secret: true });
    if (field.required) {
      throw misuse(`"${oneLine(field.label)}" is needed: --password-stdin, or CARILLON_PASSWORD in the environment.`);
    }
    return undefined;
  }

  async #choice(step: Extract<LoginStep, { show: 'choose' }>): Promise<string> {
    const given = this.#input.fields.get(step.id) ?? this.#input.fields.get('choice');
    if (given !== undefined && step.error === undefined) return given;
    const ids = step.options.map(({ id }) => id);
    if (!canAsk()) throw misuse(`A choice is needed: --field ${step.id}=${ids.join('|')}`);
    for (const { id, label, detail } of step.options) {
      process.stderr.write(`  ${id}  ${oneLine(detail === undefined ? label : `${label} - ${detail}`)}\n`);
    }
    return ask('Which', { otherwise: ids[0] ?? '' });
  }
}
