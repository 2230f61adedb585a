import type { OpenedPart } from './api.ts';
import { fileName, fileNameOf } from './media.ts';
import { inlinePgp } from './security.ts';
import { plainOf, uufileBytes, uufilesOf } from './text.ts';
import { contentOf, entitiesOf, readTree } from './tree.ts';

/** Bytes of the attachment under `ref` (`part:1.2`) of a whole message; undefined when it has no such part. */
export function openPart(source: Uint8Array, ref: string): OpenedPart | undefined {
  const match = /^part:([\d.]+(?:\/signed\/[\d.]+)*)(?:\/uu(\d+))?$/.exec(ref);
  if (!match) return undefined;
  const [, section, inside] = match;
  for (const entity of entitiesOf(readTree(source).root)) {
    if (entity.section !== section || entity.mime.startsWith('multipart/')) continue;
    if (inside === undefined) return { bytes: contentOf(entity), mime: entity.mime, name: fileNameOf(entity) };
    const { text } = inlinePgp(plainOf(entity).text);
    const file = uufilesOf(text)[Number(inside) - 1];
    return file && { bytes: uufileBytes(text, file), mime: 'application/octet-stream', name: fileName(file.name) };
  }
  return undefined;
}
