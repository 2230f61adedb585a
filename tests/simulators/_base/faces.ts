import { Buffer } from 'node:buffer';
import { face, landscape } from '../../../adapters/demo/media/png.ts';

const size = 96;
const drawn = new Map<string, Buffer>();
function once(name: string, draw: () => Uint8Array): Buffer {
  const known = drawn.get(name) ?? Buffer.from(draw());
  drawn.set(name, known);
  return known;
}
/** A picture somebody might have put up (PNG, 96 by 96): the same for the same name, whoever asks. */
export const faceOf = (name: string): Buffer => once(`face ${name}`, () => face(name, size));
/** The same for a group. */
export const viewOf = (name: string): Buffer => once(`view ${name}`, () => landscape(name, size, size));
