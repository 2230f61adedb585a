export interface Address {
  readonly address: string;
  readonly name?: string | undefined;
}
/** An addr-spec as people type them; the server has the last word. */
const spec = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/u;

/** `Anna <anna@example.org>; bob@example.org`. Empty when any of it is not an address, so that nothing is lost. */
export function parseAddresses(text: string): readonly Address[] {
  const pieces = text
    .split(/[,;\n](?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const found = pieces.map((piece): Address | null => {
    const angled = /^(.*)<([^<>]+)>$/.exec(piece);
    const address = (angled?.[2] ?? piece).trim().replace(/^mailto:/i, '');
    const name = angled?.[1]?.trim().replace(/^"(.*)"$/, '$1');
    return spec.test(address) ? { address, name: name || undefined } : null;
  });
  return found.every((one) => one !== null) ? found : [];
}
