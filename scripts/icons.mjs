// npm run icons: draws the icon's PNG, ICO and ICNS from resources/icon.svg, in Chromium.
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findChromium } from './lib/chromium.mjs';
import { inProject } from './lib/project.mjs';

const svg = readFileSync(inProject('resources', 'icon.svg'), 'utf8');

const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
const draw = async (size) => {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
};
const pictures = new Map();
for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) pictures.set(size, await draw(size));
await browser.close();

/** ICONDIR and its entries, each a PNG as Windows has taken them since Vista. */
const ico = (sizes) => {
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  for (const [index, size] of sizes.entries()) {
    const png = pictures.get(size);
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...sizes.map((size) => pictures.get(size))]);
};

/** An icon family: four letters name each size, all lengths count their own eight bytes of header. */
const icns = (kinds) => {
  const header = (name, length) => {
    const bytes = Buffer.alloc(8, name, 'latin1');
    bytes.writeUInt32BE(length + 8, 4);
    return bytes;
  };
  const entries = kinds.flatMap(([name, size]) => [header(name, pictures.get(size).length), pictures.get(size)]);
  const body = Buffer.concat(entries);
  return Buffer.concat([header('icns', body.length), body]);
};

const save = (name, bytes) => writeFileSync(inProject('resources', name), bytes);
save('icon.png', pictures.get(512));
save('icon.ico', ico([16, 24, 32, 48, 64, 128, 256]));
save(
  'icon.icns',
  icns([
    ['icp4', 16],
    ['ic11', 32],
    ['icp5', 32],
    ['ic12', 64],
    ['ic07', 128],
    ['ic13', 256],
    ['ic08', 256],
    ['ic14', 512],
    ['ic09', 512],
    ['ic10', 1024],
  ]),
);
