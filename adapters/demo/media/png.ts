import { crc32, deflateSync } from 'node:zlib';
import { chance } from '../chance.ts';

/** Red, green, blue and opacity of a pixel, 0..255 each. */
export type Colour = readonly [number, number, number, number];

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** An 8-bit RGBA picture (ISO/IEC 15948, sections 5 and 11), painted by asking for every pixel. */
export function png(width: number, height: number, paint: (x: number, y: number) => Colour): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const stride = width * 4 + 1;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(paint(x, y), y * stride + 1 + x * 4);
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const mix = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
  255,
];

/** Skies and hills from dawn to night; which ones, the name decides. */
const palettes: readonly { readonly sky: readonly [Colour, Colour]; readonly sun: Colour; readonly land: Colour }[] = [
  {
    sky: [
      [28, 50, 94, 255],
      [244, 164, 96, 255],
    ],
    sun: [255, 226, 164, 255],
    land: [36, 38, 66, 255],
  },
  {
    sky: [
      [94, 176, 229, 255],
      [226, 241, 250, 255],
    ],
    sun: [255, 250, 220, 255],
    land: [52, 112, 84, 255],
  },
  {
    sky: [
      [12, 18, 44, 255],
      [58, 74, 130, 255],
    ],
    sun: [232, 236, 250, 255],
    land: [10, 14, 30, 255],
  },
  {
    sky: [
      [246, 178, 153, 255],
      [255, 236, 214, 255],
    ],
    sun: [255, 255, 244, 255],
    land: [140, 82, 92, 255],
  },
  {
    sky: [
      [120, 196, 190, 255],
      [248, 232, 190, 255],
    ],
    sun: [255, 244, 206, 255],
    land: [26, 92, 104, 255],
  },
];

/** A landscape: a graded sky, a sun or moon, and three ranges of hills that grow darker as they come near. */
export function landscape(name: string, width: number, height: number): Uint8Array {
  const luck = chance('landscape', name);
  const { sky, sun, land } = luck.pick(palettes);
  const centre = { x: luck.between(20, 80) / 100, y: luck.between(18, 42) / 100, radius: height * 0.09 };
  const ranges = [0.55, 0.68, 0.82].map((base, index) => ({
    base,
    waves: [1, 2, 5].map((rate) => ({ rate: rate + luck.next(), phase: luck.next() * 6.28, size: 0.06 / rate })),
    colour: mix(sky[1], land, 0.45 + index * 0.27),
  }));
  const ridge = (range: (typeof ranges)[number], x: number) =>
    range.base +
    range.waves.reduce((sum, wave) => sum + Math.sin((x / width) * 6.28 * wave.rate + wave.phase) * wave.size, 0);
  const ridges = Array.from({ length: width }, (_, x) => ranges.map((range) => ridge(range, x)));
  return png(width, height, (x, y) => {
    const down = y / height;
    for (let near = ranges.length - 1; near >= 0; near--) {
      const range = ranges[near];
      if (range && down > (ridges[x]?.[near] ?? 1)) return range.colour;
    }
    const away = Math.hypot(x - centre.x * width, y - centre.y * height);
    const back = mix(sky[0], sky[1], Math.min(1, down / 0.7));
    if (away < centre.radius) return sun;
    return mix(sun, back, Math.min(1, 0.55 + (away - centre.radius) / (centre.radius * 4)));
  });
}

/** A round face on nothing: sticker or avatar. */
export function face(name: string, size: number): Uint8Array {
  const luck = chance('face', name);
  const hue: Colour = luck.pick([
    [250, 190, 60, 255],
    [120, 190, 240, 255],
    [240, 140, 150, 255],
    [150, 210, 140, 255],
  ] as const);
  const middle = size / 2;
  return png(size, size, (x, y) => {
    const across = (x - middle) / middle;
    const down = (y - middle) / middle;
    if (Math.hypot(across, down) > 0.94) return [0, 0, 0, 0];
    if (Math.hypot(Math.abs(across) - 0.34, down + 0.2) < 0.11) return [50, 40, 40, 255];
    const smile = Math.abs(Math.hypot(across, down - 0.05) - 0.52);
    return smile < 0.05 && down > 0.2 ? [50, 40, 40, 255] : hue;
  });
}
