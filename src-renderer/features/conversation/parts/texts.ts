/** Every text of a drawing that does not lie in `selector`, as they stand now: they may be replaced one after the other. */
export function textsOutside(root: DocumentFragment, selector: string): readonly Text[] {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text && !node.parentElement?.closest(selector)) texts.push(node);
  return texts;
}
