import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { decodeText } from './charset.ts';

it.each([
  ['windows-1252', 'Grüße aus München: “bis bald” – Señor Núñez'],
  ['windows-1250', 'Świąteczne życzenia dla całej załogi, źdźbło i łąka'],
  ['windows-1251', 'Привет! Встреча переносится на завтра, в десять часов.'],
  ['koi8-r', 'Здравствуйте, как дела? Напишите, пожалуйста, до пятницы.'],
  ['windows-1253', 'Καλημέρα, η συνάντηση είναι αύριο το πρωί.'],
  ['windows-1255', 'הפגישה נדחתה למחר בבוקר, נא לאשר'],
  ['windows-1256', 'اجتماع غدا في الساعة العاشرة صباحا'],
  ['gb18030', '关于明天的会议'],
  ['big5', '關於明天的會議'],
  ['cp932', '会議のお知らせ'],
  ['euc-jp', 'こんにちは、会議のお知らせです。'],
  ['cp949', '내일 회의 시간이 바뀌었습니다'],
])('reads a line of %s that does not say what it is in', (charset, text) => {
  expect(decodeText(iconv.encode(text, charset))).toBe(text);
});
