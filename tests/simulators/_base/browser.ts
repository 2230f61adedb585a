/**
 * What the person and their browser do with a page of consent: open it, allow (the double allows by itself), and follow
 * the way back to the machine. Resolves with the text of the page the browser ends on.
 */
export async function visit(url: string): Promise<string> {
  const asked = await fetch(url, { redirect: 'manual' });
  const back = asked.headers.get('location');
  if (asked.status !== 302 || back === null)
    throw new Error(`no way back from ${url}: ${asked.status} ${await asked.text()}`);
  return await (await fetch(back)).text();
}
