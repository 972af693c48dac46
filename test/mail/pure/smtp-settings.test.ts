import { expect, test } from 'vitest';
import { smtpSettings } from '../../../activities/mail/smtp-settings.ts';

test.each([
  ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, secure: false, requireTls: false, auth: null }],
  ['smtps://mail.example.org', { port: 465, secure: true }],
  ['smtp://[::1]:2525', { host: '::1', port: 2525 }],
  ['smtp://user%40x:p%2Fw@mail.example.org:25', { port: 25, auth: { user: 'user@x', pass: 'p/w' } }],
  [
    'smtp://mail.example.org?connections=3&perSecond=10&timeoutMs=500',
    { connections: 3, perSecond: 10, timeoutMs: 500 },
  ],
])('%s', (url, expected) => {
  expect(smtpSettings(url)).toMatchObject(expected);
});

test.each([
  ['smtp://user:secret@mail.example.org', true],
  ['smtp://user:secret@mail.example.org?requireTls=false', false],
  ['smtp://user:secret@localhost:1025', false],
  ['smtp://mail.example.org?requireTls=true', true],
])('a password crosses a network only over TLS, unless the operator says so: %s', (url, required) => {
  expect(smtpSettings(url).requireTls).toBe(required);
});

test('an option in code wins', () => {
  expect(smtpSettings('smtp://mail.example.org?connections=3', { connections: 7 }).connections).toBe(7);
});

test.each([
  ['http://user:secret@mail.example.org', /expected smtp:\/\/host:587/],
  ['smtp://user:secret@', /expected smtp:\/\/host:587/],
  ['not an address with secret', /expected smtp:\/\/host:587/],
  ['smtp://user:100%secret@mail.example.org', /must be written %25/],
  ['smtp://user:secret@mail.example.org?pool=3', /it has no setting "pool"\. There are: requireTls, connections/],
  ['smtp://user:secret@mail.example.org?connections=0', /connections must be a whole number from 1/],
  ['smtp://user:secret@mail.example.org?requireTls=yes', /requireTls must be true or false, not "yes"/],
])('%s is refused, and the password is not told', (url, reason) => {
  const refused = (): unknown => smtpSettings(url);
  expect(refused).toThrow(reason);
  try {
    refused();
  } catch (error) {
    expect(JSON.stringify(Object.entries(error as Error)) + String(error)).not.toContain('secret');
  }
});
