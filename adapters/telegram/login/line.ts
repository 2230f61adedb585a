import { ChannelError, type LoginEnvironment } from '../../../src-shared/channel.ts';
import type { App } from '../remote/client.ts';
import { TelegramError } from '../remote/errors.ts';
import type { Place } from '../remote/place.ts';
import { childrenOf, intOf, isSet, type Plain, textOf } from '../remote/plain.ts';
import { type CallOptions, openWire, type Wire } from '../remote/wire.ts';

const mostMoves = 3;

/** The line of one login. An account that lives elsewhere is followed to its data center (core.telegram.org/api/datacenter). */
export class Line {
  readonly app: App;
  readonly #environment: LoginEnvironment;
  #place: Place;
  #wire: Wire | undefined;
  #heard: (said: Plain) => void = () => {};

  constructor(app: App, place: Place, environment: LoginEnvironment) {
    this.app = app;
    this.#place = place;
    this.#environment = environment;
  }
  async open(): Promise<void> {
    const { clock, signal } = this.#environment;
    this.#wire = await openWire({
      app: this.app,
      place: this.#place,
      clock,
      signal,
      updates: (said) => this.#heard(said),
    });
  }
  place(): Place {
    return this.#wire?.place() ?? this.#place;
  }
  /** Whom to tell what Telegram says by itself. */
  listen(heard: (said: Plain) => void): void {
    this.#heard = heard;
  }
  async call(method: string, fields: Readonly<Record<string, unknown>>, options: CallOptions = {}): Promise<Plain> {
    for (let moves = 0; ; moves++) {
      try {
        return await this.#open().call(method, fields, { signal: this.#environment.signal, ...options });
      } catch (cause) {
        const moved = cause instanceof TelegramError && cause.code === 'moved' ? cause.number : undefined;
        if (moved === undefined || moves >= mostMoves) throw cause;
        await this.move(moved);
      }
    }
  }
  checkPassword(password: string): Promise<Plain> {
    return this.#open().checkPassword(password, this.#environment.signal);
  }
  /** Goes to another data center, where this login begins with a key of its own. */
  async move(dc: number): Promise<void> {
    const config = await this.#open().call('help.GetConfig', {}, { signal: this.#environment.signal });
    const option = childrenOf(config, 'dcOptions').find(
      (one) => intOf(one, 'id') === dc && !['ipv6', 'mediaOnly', 'cdn', 'tcpoOnly'].some((flag) => isSet(one, flag)),
    );
    const address = textOf(option, 'ipAddress');
    const port = intOf(option, 'port');
    if (address === undefined || port === undefined)
      throw new ChannelError('moved', 'refused', 'Telegram does not say where this account lives.');
    await this.close();
    this.#place = { dc, address, port };
    await this.open();
  }
  async close(): Promise<void> {
    await this.#wire?.close();
  }
  #open(): Wire {
    if (!this.#wire) throw new ChannelError('offline', 'not-done', 'There is no connection to Telegram.');
    return this.#wire;
  }
}
