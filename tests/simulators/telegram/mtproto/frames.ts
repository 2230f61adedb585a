import { crc32 } from 'node:zlib';

/** Takes whole packets out of what has arrived (core.telegram.org/mtproto/mtproto-transports: full and abridged). */
export class Frames {
  #buffer: Buffer = Buffer.alloc(0);
  #mode: 'abridged' | 'full' | undefined;
  #sent = 0;

  /** Throws on a damaged packet: the connection is then to be closed. */
  take(chunk: Buffer): readonly Buffer[] {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    const packets: Buffer[] = [];
    for (let packet = this.#next(); packet; packet = this.#next()) packets.push(packet);
    return packets;
  }
  wrap(packet: Buffer): Buffer {
    if (this.#mode === 'abridged') {
      const words = packet.length >> 2;
      const head = words < 127 ? [words] : [127, words & 255, (words >> 8) & 255, (words >> 16) & 255];
      return Buffer.concat([Buffer.from(head), packet]);
    }
    const head = Buffer.alloc(8);
    head.writeInt32LE(packet.length + 12, 0);
    head.writeInt32LE(this.#sent++, 4);
    const body = Buffer.concat([head, packet]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(body), 0);
    return Buffer.concat([body, sum]);
  }

  #next(): Buffer | undefined {
    if (this.#buffer.length === 0) return undefined;
    if (this.#mode === undefined) {
      this.#mode = this.#buffer[0] === 0xef ? 'abridged' : 'full';
      if (this.#mode === 'abridged') this.#buffer = this.#buffer.subarray(1);
    }
    return this.#mode === 'full' ? this.#full() : this.#abridged();
  }
  #full(): Buffer | undefined {
    if (this.#buffer.length < 4) return undefined;
    const length = this.#buffer.readInt32LE(0);
    if (this.#buffer.length < length) return undefined;
    const packet = this.#cut(0, length);
    const sum = packet.readUInt32LE(length - 4);
    if (crc32(packet.subarray(0, length - 4)) !== sum) throw new Error('a packet with a wrong sum');
    return packet.subarray(8, length - 4);
  }
  #abridged(): Buffer | undefined {
    const first = this.#buffer[0];
    if (first === undefined || (first >= 127 && this.#buffer.length < 4)) return undefined;
    const [words, head] = first < 127 ? [first, 1] : [this.#buffer.readUIntLE(1, 3), 4];
    if (this.#buffer.length < head + words * 4) return undefined;
    return this.#cut(head, words * 4);
  }
  #cut(head: number, length: number): Buffer {
    const packet = Buffer.from(this.#buffer.subarray(head, head + length));
    this.#buffer = this.#buffer.subarray(head + length);
    return packet;
  }
}
