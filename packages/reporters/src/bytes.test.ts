import { expect, test } from 'vitest';
import { formatBytes, formatBytesInterval, formatBytesPerMinute, formatBytesPerSecond, formatNumber, formatSigned } from './bytes.ts';
import { formatClock, formatDuration } from './duration.ts';

test.each([
  [0, '0 B'],
  [1, '1.0 B'],
  [999, '999 B'],
  [999.6, '1.0 kB'],
  [84_123_000, '84.1 MB'],
  [999_600_000, '1.0 GB'],
  [-3870, '-3.9 kB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('rates carry their sign, limits are per minute, intervals share a unit', () => {
  expect([formatBytesPerSecond(3870), formatBytesPerSecond(-12), formatBytesPerSecond(0)]).toEqual(['+3.9 kB/s', '-12.0 B/s', '0 B/s']);
  expect(formatBytesPerMinute(5000)).toBe('300 kB/min');
  expect(formatBytesInterval([3600, 4150])).toBe('3.6 to 4.2');
  expect(formatBytesInterval([-100, 1_200_000])).toBe('-0.0001 to 1.2');
  expect([formatSigned(10), formatNumber(0.0333), formatNumber(1e-9), formatNumber(123456)]).toEqual([
    '+10.0',
    '0.033',
    '<0.0001',
    '123456',
  ]);
});

test('times', () => {
  expect([formatClock(41_900), formatClock(3_723_000), formatClock(-5)]).toEqual(['00:41', '1:02:03', '00:00']);
  expect([3500, 60_000, 300_000, 9_000_000].map(formatDuration)).toEqual(['3.5 s', '60 s', '5 min', '2.5 h']);
});
