/**
 * How much of a message is read. Real mail stays far below each; what goes beyond is cut there, noted as damage, and
 * stays whole in the source. They bound memory and time for messages built to exhaust both.
 */
export const limits = {
  /** Bytes of one header section. */
  headerBytes: 512 * 1024,
  headerFields: 2000,
  /** Multiparts within multiparts. */
  depth: 30,
  parts: 500,
  /** Bytes of one text part that are decoded and shown. */
  textBytes: 4 * 1024 * 1024,
  /** Text of all parts together. */
  totalTextBytes: 12 * 1024 * 1024,
  /** HTML turned into plain text for search, characters. */
  htmlCharacters: 1024 * 1024,
  addresses: 5000,
  links: 500,
} as const;
