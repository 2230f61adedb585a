import { expect, test } from 'vitest';
import { hostsIn } from './remoteHosts.ts';

test('hosts are found in sources, sets of sources and styles, each once', () => {
  expect(
    hostsIn([
      'https://img.example.org/a.png',
      'https://img.example.org/a.png 1x, http://cdn.example.net:8080/b.png 2x',
      'background: url("https://deep.example.com/x y.gif"); color: red',
      'data:image/png;base64,AAAA',
      'blob:http',
      '',
    ]),
  ).toEqual(['img.example.org', 'cdn.example.net', 'deep.example.com']);
});
