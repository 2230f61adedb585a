import { createServer, type Server, type Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { BinaryReader } from 'teleproto/extensions/index.js';
import { returnBigInt } from 'teleproto/Helpers.js';
import { Api } from 'teleproto/tl/index.js';
import { open, seal } from './cipher.ts';
import { Frames } from './frames.ts';
import { type Handshake, handshake } from './handshake.ts';
import { type ServerKey, serverKey } from './keys.ts';

/** Anything TL can write. */
export interface Writable {
  readonly className: string;
  getBytes(): Buffer;
}
export type Answer = Writable | readonly Writable[] | boolean;
/** What a client asked, with every wrapper taken off. Fields are those of the TL schema. */
export interface Asked {
  readonly className: string;
  readonly originalArgs: Readonly<Record<string, unknown>>;
}
/** A key a client made here, and what it may do: shared by all its connections. */
export interface Key {
  readonly bytes: Buffer;
  readonly id: bigint;
  /** The account it is logged in to. */
  user?: string;
  /** What a login in progress knows. */
  readonly login: Map<string, string>;
}
export interface Connection {
  readonly key: Key | undefined;
  /** Sends an update; false when it cannot be sent any more. */
  push(update: Writable): boolean;
  /** The connection breaks, as networks do. */
  destroy(): void;
}
export class RpcError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
/** Thrown by a handler that acted but whose answer is lost: the connection breaks instead. */
export class LostAnswer extends Error {}
export type Handler = (asked: Asked, from: Connection) => Promise<Answer>;

const container = 0x73f1f8dc;
const gzip = 0x3072cfa1;
const rpcResult = 0xf35c6d01;
const vector = 0x1cb5c415;
const wrappers = new Set(['InvokeWithLayer', 'InitConnection', 'InvokeWithoutUpdates', 'InvokeAfterMsg']);

/** An MTProto 2.0 server on loopback (core.telegram.org/mtproto): framing, keys, sessions; what is asked goes to `handler`. */
export class MtprotoServer {
  readonly serverKey: ServerKey = serverKey();
  readonly keys = new Map<bigint, Key>();
  readonly #links = new Set<Link>();
  readonly #handler: Handler;
  readonly #server: Server;
  #lastId = 0n;

  constructor(handler: Handler) {
    this.#handler = handler;
    this.#server = createServer((socket) => {
      const link = new Link(socket, this, handshake(this.serverKey));
      this.#links.add(link);
      socket.once('close', () => this.#links.delete(link));
    });
  }
  /** Resolves with the port. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const bound = this.#server.address();
    if (bound === null || typeof bound === 'string') throw new Error('no port');
    return bound.port;
  }
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const link of this.#links) link.destroy();
    await closed;
  }
  get connections(): readonly Connection[] {
    return [...this.#links];
  }
  /** Greater than any before, of the kind the lower bits tell: 1 an answer, 3 something else (description, "msg_id"). */
  nextId(kind: 1 | 3): bigint {
    const now = BigInt(Date.now());
    const byClock = ((now / 1000n) << 32n) | (((now % 1000n) * 4_294_967n) & ~3n);
    this.#lastId = byClock > this.#lastId ? byClock : this.#lastId + 4n;
    return this.#lastId | BigInt(kind);
  }
  handle(asked: Asked, from: Connection): Promise<Answer> {
    return this.#handler(asked, from);
  }
}

/** One client's connection. */
class Link implements Connection {
  readonly #socket: Socket;
  readonly #server: MtprotoServer;
  readonly #handshake: Handshake;
  readonly #frames = new Frames();
  #key: Key | undefined;
  #session: bigint | undefined;
  #sequence = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(socket: Socket, server: MtprotoServer, hand: Handshake) {
    this.#socket = socket;
    this.#server = server;
    this.#handshake = hand;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      this.#work = this.#work
        .then(() => this.#take(chunk))
        .catch((cause: unknown) => {
          console.error('simulator: a connection is closed', cause);
          socket.destroy();
        });
    });
  }
  get key(): Key | undefined {
    return this.#key;
  }
  destroy(): void {
    this.#socket.destroy();
  }
  push(update: Writable): boolean {
    if (this.#socket.destroyed || this.#session === undefined) return false;
    this.#send(update.getBytes(), 3);
    return true;
  }

  async #take(chunk: Buffer): Promise<void> {
    for (const packet of this.#frames.take(chunk)) {
      const keyId = packet.readBigInt64LE(0);
      if (keyId === 0n) await this.#plain(packet.subarray(20));
      else await this.#encrypted(keyId, packet);
    }
  }
  async #plain(body: Buffer): Promise<void> {
    const { reply, done } = await this.#handshake.answer(body);
    if (done) this.#server.keys.set(done.id, { bytes: done.key, id: done.id, login: new Map() });
    const head = Buffer.alloc(20);
    head.writeBigInt64LE(this.#server.nextId(1), 8);
    head.writeInt32LE(reply.length, 16);
    this.#write(Buffer.concat([head, reply]));
  }
  async #encrypted(keyId: bigint, packet: Buffer): Promise<void> {
    const key = this.#server.keys.get(keyId);
    if (!key) {
      // "-404: the specified auth key ID cannot be found by the DC" (mtproto-transports, "Transport errors").
      const unknown = Buffer.alloc(4);
      unknown.writeInt32LE(-404, 0);
      this.#write(unknown);
      return;
    }
    const { session, id, body } = open(key.bytes, packet);
    this.#key = key;
    const fresh = this.#session !== session;
    this.#session = session;
    if (fresh) {
      const created = {
        firstMsgId: returnBigInt(id),
        uniqueId: returnBigInt(session),
        serverSalt: returnBigInt(0x1234),
      };
      this.#send(new Api.NewSessionCreated(created).getBytes(), 3);
    }
    this.#message(id, body);
  }
  #message(id: bigint, body: Buffer): void {
    const kind = body.readUInt32LE(0);
    if (kind === container) {
      let at = 8;
      for (let left = body.readInt32LE(4); left > 0; left--) {
        const length = body.readInt32LE(at + 12);
        this.#message(body.readBigInt64LE(at), Buffer.from(body.subarray(at + 16, at + 16 + length)));
        at += 16 + length;
      }
      return;
    }
    if (kind === gzip) {
      this.#message(id, gunzipSync(new BinaryReader(body.subarray(4)).tgReadBytes()));
      return;
    }
    let asked: unknown = new BinaryReader(body).tgReadObject();
    if (asked instanceof Api.MsgsAck) return;
    if (asked instanceof Api.Ping || asked instanceof Api.PingDelayDisconnect) {
      this.#send(new Api.Pong({ msgId: returnBigInt(id), pingId: asked.pingId }).getBytes(), 1);
      return;
    }
    while (isAsked(asked) && wrappers.has(asked.className)) asked = asked.originalArgs.query;
    if (!isAsked(asked)) throw new Error('no request');
    // Not awaited: a slow answer does not hold up the others.
    void this.#answer(id, asked);
  }
  async #answer(id: bigint, asked: Asked): Promise<void> {
    let body: Buffer;
    try {
      body = written(await this.#server.handle(asked, this));
    } catch (cause) {
      if (cause instanceof LostAnswer) {
        this.destroy();
        return;
      }
      const known = cause instanceof RpcError;
      if (!known) console.error(`simulator: ${asked.className}`, cause);
      const error = { errorCode: known ? cause.code : 500, errorMessage: known ? cause.message : 'INTERNAL' };
      body = new Api.RpcError(error).getBytes();
    }
    const head = Buffer.alloc(12);
    head.writeUInt32LE(rpcResult, 0);
    head.writeBigInt64LE(id, 4);
    this.#send(Buffer.concat([head, body]), 1);
  }
  #send(body: Buffer, kind: 1 | 3): void {
    if (!this.#key || this.#session === undefined || this.#socket.destroyed) return;
    const sealing = {
      key: this.#key.bytes,
      keyId: this.#key.id,
      salt: 0x1234n,
      session: this.#session,
      id: this.#server.nextId(kind),
      sequence: this.#sequence++ * 2 + 1,
    };
    this.#write(seal(sealing, body));
  }
  #write(packet: Buffer): void {
    if (!this.#socket.destroyed) this.#socket.write(this.#frames.wrap(packet));
  }
}
const isAsked = (value: unknown): value is Asked =>
  typeof value === 'object' && value !== null && 'className' in value && 'originalArgs' in value;

function written(answer: Answer): Buffer {
  if (answer === true) return Buffer.from('b5757299', 'hex');
  if (answer === false) return Buffer.from('379779bc', 'hex');
  if (!isList(answer)) return answer.getBytes();
  const head = Buffer.alloc(8);
  head.writeUInt32LE(vector, 0);
  head.writeInt32LE(answer.length, 4);
  return Buffer.concat([head, ...answer.map((one) => one.getBytes())]);
}
const isList = (answer: Writable | readonly Writable[]): answer is readonly Writable[] => Array.isArray(answer);
