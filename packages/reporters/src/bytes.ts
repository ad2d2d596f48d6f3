const DECIMAL_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes as people read them, in decimal units: 84.1 MB. */
export function formatBytes(bytes: number): string {
  const { value, unit } = scaled(bytes);
  return `${formatNumber(value)} ${unit}`;
}

/** A growth with its sign: +3.9 kB/s. */
export function formatBytesPerSecond(bytesPerSecond: number): string {
  return `${sign(bytesPerSecond)}${formatBytes(bytesPerSecond)}/s`;
}

/** A change with its sign: +3.9 kB. */
export function formatSignedBytes(bytes: number): string {
  return `${sign(bytes)}${formatBytes(bytes)}`;
}

/** A change of a count: +1,200. */
export function formatSignedCount(count: number): string {
  return `${sign(count)}${formatCount(count)}`;
}

/** For limits of what would have been seen: a second is too short to imagine them. */
export function formatBytesPerMinute(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond * 60)}/min`;
}

/** Both ends of an interval in the unit of the larger: 3.6 to 4.2. */
export function formatBytesInterval([low, high]: readonly [number, number]): string {
  const { unit } = scaled(Math.max(Math.abs(low), Math.abs(high)));
  const divisor = 1000 ** DECIMAL_UNITS.indexOf(unit);
  return `${formatNumber(low / divisor)} to ${formatNumber(high / divisor)}`;
}

/** A growth of anything that is counted: +10.0. */
export function formatSigned(value: number): string {
  return `${sign(value)}${formatNumber(value)}`;
}

/** Three digits are enough to compare and few enough to read. Never in powers of ten. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 99.95) return value.toFixed(0);
  if (size >= 0.995) return value.toFixed(1);
  if (size < 0.0001) return value > 0 ? '<0.0001' : '>-0.0001';
  return String(Number(value.toPrecision(2)));
}

/** A count with its thousands apart: 674,215. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** A part of a whole: 78 %. What is there is never shown as nothing. */
export function formatShare(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (part / whole) * 100;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  return `${percent >= 9.95 || percent === 0 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}

function sign(value: number): string {
  return value > 0 ? '+' : '';
}

function scaled(bytes: number): { readonly value: number; readonly unit: (typeof DECIMAL_UNITS)[number] } {
  let value = bytes;
  let at = 0;
  while (Math.abs(value) >= 999.5 && at < DECIMAL_UNITS.length - 1) {
    value /= 1000;
    at++;
  }
  // A tenth of a byte means nothing, unless it is a rate that is slow.
  if (at === 0 && Math.abs(value) >= 1) value = Math.round(value);
  return { value, unit: DECIMAL_UNITS[at] ?? 'TB' };
}
