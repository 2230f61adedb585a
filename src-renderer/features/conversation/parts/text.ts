const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s)+$/u;
/** One to three emoji and nothing else: drawn large. */
export const isJustEmoji = (text: string): boolean => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 24 || !emoji.test(trimmed)) return false;
  return [...new Intl.Segmenter().segment(trimmed.replace(/\s/g, ''))].length <= 3;
};
