/**
 * Joins the lines of format=flowed text (RFC 3676). A line ending in a blank goes on in the next of the same quote
 * depth; "-- " is a signature mark and never flows; `delSp` takes the blank out (for scripts without word spaces).
 */
export function unfoldFlowed(text: string, delSp: boolean): string {
  const out: string[] = [];
  let current: { depth: number; text: string } | undefined;
  const flush = () => {
    if (current) out.push(quoted(current.depth, current.text));
    current = undefined;
  };
  for (const line of text.split(/\r?\n/)) {
    const marks = /^>+/.exec(line)?.[0].length ?? 0;
    let content = line.slice(marks);
    // Space-stuffing (section 4.4) is undone only after the quote marks are off.
    if (content.startsWith(' ')) content = content.slice(1);
    const signature = content === '-- ';
    if (current && (current.depth !== marks || signature)) flush();
    const flows = content.endsWith(' ') && !signature;
    const kept = flows && delSp ? content.slice(0, -1) : content;
    current = current ? { depth: marks, text: current.text + kept } : { depth: marks, text: kept };
    if (!flows) flush();
  }
  flush();
  return out.join('\n');
}
const quoted = (depth: number, text: string): string =>
  depth === 0 ? text : `${'>'.repeat(depth)}${text === '' ? '' : ` ${text}`}`;
