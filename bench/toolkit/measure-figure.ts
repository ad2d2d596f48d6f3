/** One process for one figure: `node --expose-gc --import tsx measure-figure.ts figures/weak-set.ts` prints a FigureMeasured as JSON. */
import { pathToFileURL } from 'node:url';
import type { Contender, Figure, FigureMeasured } from './figure.ts';

const WARM_UP_ROUNDS = 4;
const ROUNDS = 21;

declare const gc: () => void;

async function main([path]: readonly string[]): Promise<void> {
  const module = (await import(pathToFileURL(path).href)) as { figure?: Figure };
  const figure = module.figure;
  if (figure === undefined) throw new Error(`${path} exports no figure`);
  process.stdout.write(`${JSON.stringify(await measure(figure))}\n`);
}

async function measure({ id, operation, operations, contenders, goals = {}, rounds = ROUNDS }: Figure): Promise<FigureMeasured> {
  const timesNs = contenders.map((): number[] => []);
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      // Whoever comes first has a cleaner heap: each comes first as often.
      const at = (turn + round) % contenders.length;
      const ns = await stretch(contenders[at], operations);
      if (round >= WARM_UP_ROUNDS) timesNs[at].push(ns / operations);
    }
  }
  for (const contender of contenders) await contender.end?.();
  const [ours] = timesNs;
  return {
    id,
    operation,
    goals,
    contenders: contenders.map(({ name }, at) => ({
      name,
      nsPerOperation: quantile(timesNs[at], 0.5),
      quartilesNs: [quantile(timesNs[at], 0.25), quantile(timesNs[at], 0.75)],
      oursTo: quantile(
        ours.map((ns, round) => ns / timesNs[at][round]),
        0.5,
      ),
    })),
  };
}

/** Collections that the work itself causes count; what the one before left does not. */
async function stretch(contender: Contender, operations: number): Promise<number> {
  await contender.prepare?.(operations);
  for (let task = 0; task < 2; task++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    gc();
  }
  const start = process.hrtime.bigint();
  const result = contender.run(operations);
  if (result instanceof Promise) await result;
  const ns = Number(process.hrtime.bigint() - start);
  kept.push(result);
  if (kept.length > 1) kept.shift();
  return ns;
}

const kept: unknown[] = [];

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  return sorted[low] + (sorted[Math.ceil(place)] - sorted[low]) * (place - low);
}

void main(process.argv.slice(2));
