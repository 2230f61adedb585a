import { expect, test } from 'vitest';
import { mentionsAttachment } from './forgotten.ts';

test.each([
  'I have attached the invoice.',
  'I’ve attached two photos',
  'Attached is the plan',
  'Please find attached the report',
  'The file is attached.',
  'See the enclosed letter.',
  'W załączniku przesyłam umowę.',
  'Załączam fakturę',
  'Dołączyłam zdjęcia.',
])('a file is promised: %s', (text) => expect(mentionsAttachment(text)).toBe(true));

test.each([
  'I am attached to you.',
  'Your attachment was empty.',
  'Proszę o załącznik.',
  'A strong attachment theory.',
])('no file is promised: %s', (text) => expect(mentionsAttachment(text)).toBe(false));
