import type { WebSocket } from 'ws';
import { z } from 'zod';

const Ack = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });
interface Envelope {
  readonly id: string;
  readonly payload: unknown;
  attempt: number;
}

/**
 * Socket Mode (https://docs.slack.dev/apis/events-api/using-socket-mode): says hello, hands out events in envelopes, and
 * hands out again what was not acknowledged before its connection ended. What happens while nobody is connected is lost.
 */
export class SocketMode {
  readonly #open = new Set<WebSocket>();
  readonly #unacked = new Map<string, Envelope>();
  readonly #watchers = new Set<() => void>();
  readonly #next: () => number;
  /** Envelopes acknowledged so far. */
  acked = 0;
  /** How often one was handed out a second time. */
  redelivered = 0;
  /** Each event twice, as happens when an acknowledgement is late. */
  doubled = false;
  /** No hello is said. */
  mute = false;

  constructor(next: () => number) {
    this.#next = next;
  }

  get connections(): number {
    return this.#open.size;
  }
  get unacked(): number {
    return this.#unacked.size;
  }
  accept(socket: WebSocket): void {
    this.#open.add(socket);
    socket.on('close', () => {
      this.#open.delete(socket);
      this.#look();
    });
    socket.on('message', (data) => {
      const ack = Ack.safeParse(JSON.parse(String(data)));
      if (ack.success && this.#unacked.delete(ack.data.envelope_id)) this.acked++;
      this.#look();
    });
    if (this.mute) return;
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.size,
        debug_info: { host: 'applink-sim', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: 'A0CARILLON' },
      }),
    );
    for (const envelope of this.#unacked.values()) {
      envelope.attempt++;
      this.redelivered++;
      this.#send(socket, envelope);
    }
    this.#look();
  }
  deliver(payload: unknown): void {
    // Each event goes to one connection of the app, whichever.
    const [socket] = this.#open;
    if (!socket) return;
    const envelope: Envelope = { id: `sim-envelope-${this.#next()}`, payload, attempt: 0 };
    this.#unacked.set(envelope.id, envelope);
    this.#send(socket, envelope);
    if (!this.doubled) return;
    const again: Envelope = { id: `sim-envelope-${this.#next()}`, payload, attempt: 1 };
    this.#unacked.set(again.id, again);
    this.#send(socket, again);
  }
  /** Sends any frame at all, as it is. */
  raw(frame: string): void {
    for (const socket of this.#open) socket.send(frame);
  }
  /** Slack renews its connections: asks to go, and leaves it to the other side. */
  refresh(): void {
    this.raw(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'applink-sim' } }));
  }
  /** The line is cut. */
  cut(): void {
    for (const socket of this.#open) socket.terminate();
  }
  /** Resolves once `wanted` holds, looked at whenever somebody comes, goes or acknowledges. */
  until(wanted: (mode: this) => boolean, signal: AbortSignal = AbortSignal.timeout(50_000)): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!wanted(this)) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      look();
    });
  }
  #look(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
  #send(socket: WebSocket, { id, payload, attempt }: Envelope): void {
    socket.send(
      JSON.stringify({
        envelope_id: id,
        payload,
        type: 'events_api',
        accepts_response_payload: false,
        retry_attempt: attempt,
        retry_reason: attempt > 0 ? 'timeout' : '',
      }),
    );
  }
}
