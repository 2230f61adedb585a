import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesOf } from './index.ts';

const file = (name: string) => Buffer.from(bytesOf(name) ?? []);

describe('files of the pretend world', () => {
  it('paints pictures a PNG reader can read', () => {
    const picture = file('harbour');
    expect(picture.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([480, 320]);
    const length = picture.readUInt32BE(33);
    expect(picture.subarray(37, 41).toString('latin1')).toBe('IDAT');
    expect(inflateSync(picture.subarray(41, 41 + length))).toHaveLength((480 * 4 + 1) * 320);
  });
  it('paints a different picture for each name', () => {
    expect(file('harbour')).not.toEqual(file('ferry'));
  });
  it('writes papers whose table of contents points at itself', () => {
    const paper = file('invoice').toString('latin1');
    const start = Number(/startxref\n(\d+)/.exec(paper)?.[1]);
    expect(paper.slice(start, start + 4)).toBe('xref');
    const offsets = [...paper.slice(start).matchAll(/^(\d{10}) 00000 n/gm)].map(([, at]) => Number(at));
    expect(offsets.map((at, index) => paper.startsWith(`${index + 1} 0 obj`, at))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });
  it('records sounds as long as their header says', () => {
    const sound = file('voice');
    expect(sound.toString('latin1', 0, 4) + sound.toString('latin1', 8, 12)).toBe('RIFFWAVE');
    expect(sound.readUInt32LE(4)).toBe(sound.length - 8);
    expect(sound.readUInt32LE(40) / sound.readUInt32LE(28)).toBe(4);
  });
  it('knows a photograph and a film by their first bytes', () => {
    expect(file('hills').subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(file('clip').subarray(0, 4).toString('hex')).toBe('1a45dfa3');
  });
});
