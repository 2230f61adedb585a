import './avatar.css';

/** A steady hue for a name, degrees. */
function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return Math.abs(hash) % 360;
}
const firstLetter = /\p{L}|\p{N}/u;
export function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/).filter((word) => firstLetter.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => (word ? (firstLetter.exec(word)?.[0] ?? '') : ''))
    .join('')
    .toLocaleUpperCase();
}

/** Decorative: the name always stands beside it. `picture` is the address of one; else initials stand there. */
export function Avatar({ name, size = 36, picture }: { name: string; size?: number; picture?: string | undefined }) {
  return (
    <span
      className="avatar"
      aria-hidden="true"
      style={{ '--hue': hueOf(name), '--size': `${size}px` } as React.CSSProperties}
    >
      {picture === undefined ? initialsOf(name) : <img src={picture} alt="" draggable={false} />}
    </span>
  );
}
