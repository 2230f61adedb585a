/** A way of writing, by what gives it away in a text. */
export interface Writing {
  /** Charsets mail has it in, the likelier first: of equals that one is taken. */
  readonly charsets: readonly string[];
  /** Letters that make up much of every text. */
  readonly frequent: ReadonlySet<string>;
  /** Any of its letters. */
  readonly script: RegExp;
  /** Share of the frequent ones in ordinary text. */
  readonly usual: number;
}

const writing = (charsets: readonly string[], frequent: string, script: RegExp, usual: number): Writing => ({
  charsets,
  frequent: new Set(frequent),
  script,
  usual,
});
const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;

/** U+3041 to U+30FC: hiragana and katakana, with the mark for long vowels. */
const kana = Array.from({ length: 0x30fc - 0x3041 + 1 }, (_, i) => String.fromCharCode(0x3041 + i)).join('');

/** Those but the Latin alphabets. */
export const writings: readonly Writing[] = [
  writing(
    ['windows-1251', 'koi8-r', 'iso-8859-5', 'cp866', 'cp855', 'maccyrillic'],
    'оеаинтсрвлкмдпуязъ',
    /[А-Яа-яЁё]/,
    0.8,
  ),
  writing(['windows-1253', 'iso-8859-7'], 'αοιετνσρκπςμλυίόάέή', /[\u0386-\u03ce]/, 0.85),
  writing(['windows-1255'], 'יולאהמרנתשבד', /[\u05b0-\u05ea]/, 0.8),
  writing(['windows-1256', 'iso-8859-6'], 'اليمونترسبدعة', /[\u060c-\u0652]/, 0.75),
  writing(['windows-874'], 'านรกอเงทยลวดมต่้ีั', /[\u0e01-\u0e5b]/, 0.7),
  writing(['cp932', 'euc-jp'], `${kana}日一大人年`, han, 0.5),
  writing(
    ['gb18030'],
    '的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小',
    han,
    0.25,
  ),
  writing(
    ['big5'],
    '的一是不了人我在有他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小',
    han,
    0.25,
  ),
  writing(['cp949'], '이다는의에가을로고한하지사기인도시자리대어은', /\p{Script=Hangul}/u, 0.4),
];
