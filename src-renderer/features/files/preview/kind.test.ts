import { expect, test } from 'vitest';
import { previewOf } from './kind.ts';

test('files are shown by their kind, a PDF by its name too where nobody knew its kind', () => {
  expect(previewOf('image/png', 'a.png')).toBe('picture');
  expect(previewOf('text/csv', 'a.csv')).toBe('text');
  expect(previewOf('application/pdf', '')).toBe('pdf');
  expect(previewOf('application/octet-stream', 'Invoice.PDF')).toBe('pdf');
});

test('programs are not shown, whatever they call themselves', () => {
  expect(previewOf('image/svg+xml', 'a.svg')).toBeNull();
  expect(previewOf('text/html', 'a.html')).toBeNull();
  expect(previewOf('application/octet-stream', 'a.exe')).toBeNull();
  expect(previewOf('text/html', 'a.pdf')).toBeNull();
});
