/**
 * Words that speak of a file one sends along, as people write them in English and Polish. Not those that speak of one
 * received ("your attachment"): a hint that cries wolf is not read.
 */
const said = [
  /\b(?:(?:i|we)(?:['’]ve| have)? attach(?:ed)?\b|attached (?:is|are|you|please|herewith|the)\b|(?:please )?(?:find|see) (?:the )?attach|(?:is|are) attached\b|in (?:the )?attachment|enclosed (?:is|are|please)|see the enclosed)/iu,
  /(?:w załączeni|w załączniku|załączam|załączyłe?m|załączyłam|przesyłam w zał|w zał\.|dołączam|dołączyłe?m|dołączyłam|w przywieszce)/iu,
];
/** Whether the text, quotation left out, promises a file. */
export const mentionsAttachment = (text: string): boolean => said.some((words) => words.test(text));
