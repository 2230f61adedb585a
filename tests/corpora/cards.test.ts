import { expect, it } from 'vitest';
import { calendarParts } from '../../adapters/_kit/mail/calendar.ts';
import { contactParts } from '../../adapters/_kit/mail/vcard.ts';
import { Part } from '../../src-shared/model/index.ts';
import { describeCorpus, filesOf } from './corpus.ts';

/** Files that hold a card or an event in name only. */
const empty: Readonly<Record<string, string>> = {
  'evolution-vcards/libebook/vcard/7.vcf': 'no BEGIN and no END',
  'libical/test-data/user-cal.vcf': 'a calendar, not a card',
  'libical/test-data/zday.ics': 'a description of the format in words',
};

describeCorpus('Cards and calendars of many programs', 'cards', () => {
  const files = filesOf('cards');

  it('give a named contact each, whatever version and encoding', () => {
    for (const { name, bytes } of files.filter(
      (file) => /\.(?:vcf|vcard)$/i.test(file.name) && empty[file.name] === undefined,
    )) {
      const cards = contactParts(bytes(), undefined);
      expect(cards[0]?.name, name).toBeTruthy();
      for (const card of cards) expect(Part.safeParse(card).error, name).toBeUndefined();
    }
  });

  it('give events the model knows, and none is lost for a broken line', () => {
    let read = 0;
    let held = 0;
    for (const { name, bytes } of files.filter((file) => /\.ics$/i.test(file.name) && empty[file.name] === undefined)) {
      const text = bytes().toString('utf8');
      const events = calendarParts(text, undefined, undefined);
      for (const event of events) expect(Part.safeParse(event).error, name).toBeUndefined();
      if (!/^BEGIN:VEVENT/m.test(text)) continue;
      held++;
      if (events.length > 0) read++;
    }
    console.info(`calendars with events: ${read} of ${held} read`);
    expect(read / held).toBeGreaterThanOrEqual(0.95);
  });
});
