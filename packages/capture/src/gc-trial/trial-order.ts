/**
 * The order of the settings in one round: each round begins one further, and every second round runs backwards. So each
 * setting comes early and late, and before and after each other, and what warms up or wears out the machine hits all alike.
 */
export function trialOrder(settings: readonly string[], round: number): string[] {
  const from = Math.floor(round / 2) % settings.length;
  const turned = [...settings.slice(from), ...settings.slice(0, from)];
  return round % 2 === 0 ? turned : turned.reverse();
}
