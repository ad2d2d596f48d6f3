import type { ContainerAdmission } from './container-admission.ts';

/** ISO 8601 with milliseconds; null for an invalid date. */
export function dateText(date: object, inside: ContainerAdmission): string {
  inside.refuseProperties(date);
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? 'null' : `"${new Date(time).toISOString()}"`;
}
