import { Finalizers } from '../finalizers.ts';

/** The careless use of `finalize`: a function without arguments, which has what it needs from the scope that the target is in. */
class Subscription {
  readonly topic: string;
  constructor(topic: string) {
    this.topic = topic;
  }
}

const finalizers = new Finalizers({ development: true });
const topics = new Set<string>();

function subscribe(topic: string): Subscription {
  const subscription = new Subscription(topic);
  topics.add(topic);
  finalizers.finalize(subscription, () => topics.delete(subscription.topic));
  return subscription;
}

export function round(number: number): void {
  for (let i = 0; i < 300; i++) subscribe(`topic ${number} ${i}`);
}

export function tables(): Record<string, number> {
  return { topics: topics.size };
}
