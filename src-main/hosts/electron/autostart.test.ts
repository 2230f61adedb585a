import { expect, test } from 'vitest';
import { autostartEntry, autostartFile } from './autostart.ts';

test('what a shell would read something into is quoted', () => {
  expect(autostartEntry(['/opt/My Apps/carillon', '--profile', '/home/a/$x "100%"'])).toContain(
    'Exec="/opt/My Apps/carillon" "--profile" "/home/a/\\$x \\"100%%\\""',
  );
});

test('the entry lies where the desktop looks for it', () => {
  expect(autostartFile({ XDG_CONFIG_HOME: '/home/a/etc' })).toBe('/home/a/etc/autostart/carillon.desktop');
});
