/** The words by which mail programs say "here begins the former message", in the languages people write mail in. */

const wrote = [
  'wrote',
  'writes',
  'said',
  'schrieb',
  'geschrieben',
  'écrit',
  'ecrit',
  'napisał',
  'napisała',
  'napisał(?:\\(a\\)|a)?',
  'napisali',
  'napisano',
  'pisze',
  'escribió',
  'escribio',
  'escreveu',
  'ha scritto',
  'scrive',
  'schreef',
  'skrev',
  'kirjoitti',
  'napsal(?:\\(a\\)|a)?',
  'napísal(?:\\(a\\)|a)?',
  'írta',
  'написал(?:\\(а\\)|а)?',
  'пишет',
  'написав',
  'пише',
  'yazdı',
  'さんは書きました',
  '写道',
];
const endsAttribution = new RegExp(`(?:^|[\\s>*_,)])(?:${wrote.join('|')})[^\\n]{0,60}?\\s*[:：]\\s*$`, 'iu');
// Words first, date next: "On Tue ... wrote:", "Am ... schrieb", "Le ... a écrit :", "W dniu ... pisze:", "Dnia ... napisał:".
const opensAttribution =
  /^[\s*_]*(?:On|Am|Le|W dniu|Dnia|El|Il|Op|Em|Den|Dne|Dňa|Quoting|Zitat von|Cytowanie|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{4}年|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|pon|wt|śr|czw|pt|sob|niedz|niedz|lun|mar|mer|jeu|ven|sam|dim)\b)/iu;
const hasSender = /@|<|\b(?:wrote|schrieb|écrit|napisa|pisze)/iu;

/**
 * How many lines above `at` say who is quoted from there on (blank lines between included); 0 when none does.
 * Programs break the sentence over up to four lines.
 */
export function attributionLines(lines: readonly string[], at: number): number {
  let last = at - 1;
  while (last >= 0 && at - last <= 2 && (lines[last] ?? '').trim() === '') last--;
  const closing = lines[last]?.trim() ?? '';
  if (closing === '' || closing.length > 400 || closing.startsWith('>')) return 0;
  if (!closing.endsWith(':') && !closing.endsWith('：')) return 0;
  for (let first = last; first >= 0 && last - first < 4; first--) {
    const line = lines[first]?.trim() ?? '';
    if (line === '' || line.startsWith('>')) break;
    const sentence = lines
      .slice(first, last + 1)
      .map((one) => one.trim())
      .join(' ');
    if (
      opensAttribution.test(sentence) &&
      (endsAttribution.test(sentence) || (hasSender.test(sentence) && /\d/.test(sentence)))
    )
      return at - first;
  }
  return endsAttribution.test(closing) ? at - last : 0;
}

const original = [
  'Original Message',
  'Original Appointment',
  'Ursprüngliche Nachricht',
  'Originalnachricht',
  "Message d'origine",
  'Message original',
  'Wiadomość oryginalna',
  'Oryginalna wiadomość',
  'Treść oryginalnej wiadomości',
  'Mensaje original',
  'Mensagem original',
  'Messaggio originale',
  'Oorspronkelijk bericht',
  'Originalmeddelande',
  'Ursprungligt meddelande',
  'Původní zpráva',
  'Исходное сообщение',
  'Reply message',
];
const originalMark = new RegExp(`^\\s*[-_=*]{2,}\\s*(?:${original.join('|')})\\s*[-_=*]{2,}\\s*$`, 'iu');
export const isOriginalMark = (line: string): boolean => originalMark.test(line);

const forwarded = [
  'Forwarded message',
  'Forwarded by',
  'Begin forwarded message',
  'Weitergeleitete Nachricht',
  'Anfang der weitergeleiteten (?:Nachricht|E-Mail)',
  'Message transféré',
  'Message transmis',
  'Début du message (?:réexpédié|transféré)',
  'Przekazana wiadomość',
  'Wiadomość przekazana dalej',
  'Treść przekazanej wiadomości',
  'Mensaje reenviado',
  'Mensagem encaminhada',
  'Messaggio inoltrato',
  'Doorgestuurd bericht',
  'Пересланное сообщение',
];
const forwardMark = new RegExp(`^\\s*[-_=*>]*\\s*(?:${forwarded.join('|')})(?:[\\s:]|[-_=*]|$)`, 'iu');
export const isForwardMark = (line: string): boolean => forwardMark.test(line);

const headers = {
  from: 'From|Von|De|Od|Da|Van|Från|Fra|От|Feladó|Lähettäjä|寄件者|发件人|差出人',
  sent: 'Sent|Date|Gesendet|Datum|Envoyé|Wysłano|Wysłane|Data|Enviado(?: el| em)?|Fecha|Inviato|Verzonden|Skickat|Sendt|Odesláno|Отправлено|Дата|发送时间|送信日時',
  to: 'To|An|À|A|Do|Para|Aan|Till|Til|Komu|Кому|Címzett|收件人|宛先',
  cc: 'Cc|Kopie|DW|Do wiadomości|CC|Copia',
  subject: 'Subject|Betreff|Objet|Temat|Asunto|Assunto|Oggetto|Onderwerp|Ämne|Emne|Předmět|Тема|Tárgy|主题|件名',
} as const;
const headerLine = Object.entries(headers).map(
  ([name, words]) => [name, new RegExp(`^[\\s*_]*(?:${words})\\s*[*_]*\\s*[:：]`, 'iu')] as const,
);

/** How many of the five fields of a copied header (from, sent, to, cc, subject) stand on the lines from `at` on, beginning with "From:". */
export function outlookHeaderLines(lines: readonly string[], at: number): number {
  const [, from] = headerLine[0] ?? [];
  if (!from?.test(lines[at] ?? '')) return 0;
  const seen = new Set<string>();
  let unknown = 0;
  for (let next = at; next < lines.length && next < at + 12 && unknown < 3; next++) {
    const text = (lines[next] ?? '').trim();
    if (text === '' && seen.size >= 3) break;
    const found = headerLine.find(([name, pattern]) => !seen.has(name) && pattern.test(text))?.[0];
    if (found) seen.add(found);
    else unknown++;
  }
  return seen.has('sent') || seen.has('subject') ? seen.size : 0;
}

const device =
  'iPhone|iPad|iPod|Android|BlackBerry|Windows Phone|Samsung|Galaxy|Huawei|Xiaomi|Nokia|Mobile|mobile|phone|device|tablet|Outlook|Yahoo|Gmail|Mail|Proton|Spark|Handy|telefonu|Phone|Thunderbird';
const sentFrom =
  /^\s*(?:(?:Sent|Gesendet|Von meinem|Envoyé|Wysłane?|Enviado|Inviato|Verzonden|Skickat|Sendt|Отправлено)\b.{0,20}\b(?:from|using|via|with|by|von|mit|depuis|de(?:puis)?|z|ze|przez|desde|do|da|vanaf|met|från|fra|с)\b.{0,80}|Get Outlook for .{2,40}|Von meinem .{2,40} gesendet|Sent from .{2,60})\s*\.?$/iu;
const deviceName = new RegExp(`(?:${device})`, 'u');
/** "Sent from my iPhone" and its like: nobody wrote it. A sentence that merely begins so is none. */
export const isSentFrom = (line: string): boolean =>
  line.length <= 120 &&
  line.trim().split(/\s+/).length <= 9 &&
  sentFrom.test(line) &&
  (deviceName.test(line) || /^\s*Sent from (?:my|a) /.test(line));
