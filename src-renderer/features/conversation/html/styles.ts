const anyUrl = /url\("((?:[^"\\]|\\.)*)"\)/gi;
/** Custom properties keep their text as written, so whatever could name an address under a disguise goes. */
const disguised = /--[\w-]+\s*:[^;}]*(?:\\|url|src|image|attr)[^;}]*;?/gi;

export interface StyleOptions {
  readonly remote: boolean;
  /** Told for each picture on the sender's servers that was left out. */
  readonly onBlocked: () => void;
}

/** Works on text the browser itself has written, where every address reads `url("...")` and no escape hides it. */
const withoutAddresses = (css: string, { remote, onBlocked }: StyleOptions): string =>
  css.replace(disguised, '').replace(anyUrl, (whole, url: string) => {
    if (/^data:image\/(png|jpe?g|gif|webp|avif|bmp)[;,]/i.test(url)) return whole;
    // A relative address would be one of the host's own.
    if (!/^(https?:)?\/\//i.test(url)) return 'none';
    if (remote) return whole;
    onBlocked();
    return 'none';
  });

/** A `style` attribute that fetches nothing it must not. */
export function keepDeclarations(css: string, options: StyleOptions): string {
  const holder = document.createElement('div');
  holder.style.cssText = css;
  return withoutAddresses(holder.style.cssText, options);
}

/** The text of a `style` element: parsed apart from any page, which drops `@import`; fonts are never fetched. */
export function keepSheet(css: string, options: StyleOptions): string {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const rules = [...sheet.cssRules].filter((rule) => !(rule instanceof CSSFontFaceRule));
  return withoutAddresses(rules.map((rule) => rule.cssText).join('\n'), options);
}
