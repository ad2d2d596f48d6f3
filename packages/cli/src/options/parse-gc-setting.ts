import { InvalidArgumentError } from 'commander';

const THRESHOLDS = /^\d{1,9}(,\d{1,9}){2}$/;

/** `freeze`, or the three thresholds of gc.set_threshold: `25000,10,10`. Adds to those given before. */
export function parseGcSetting(text: string, before: readonly string[] | undefined): string[] {
  const setting = text.replace(/\s|[()]/g, '');
  if (setting !== 'freeze' && !THRESHOLDS.test(setting))
    throw new InvalidArgumentError('Write three thresholds, for example 25000,10,10, or freeze.');
  return [...(before ?? []).filter((other) => other !== setting), setting];
}
