/**
 * Words of others for a line of ours, without the marks that would turn the rest of it around: embeddings, overrides and
 * isolates (UAX #9 §2.1 to §2.4). Letters written from the right go their way without them.
 */
export const unturned = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
