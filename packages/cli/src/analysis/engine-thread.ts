import { parentPort } from 'node:worker_threads';
import { inflate, readDump } from '@heaptrail/capture';
import { LiveGrowth } from '@heaptrail/core';
import { analyseFolder } from './analyse-folder.ts';
import type { EngineAnswers, EngineMessage, EngineReply, EngineRequest } from './engine-request.ts';

/** The engine in its own thread: reads dumps and sessions, answers in the order of the requests. Lives as long as its `Engine`. */
const growthByWatch = new Map<number, LiveGrowth>();
let queue: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ id, request }: EngineMessage) => {
  queue = queue.then(async () => {
    let reply: EngineReply;
    try {
      reply = { id, ok: true, answer: await answer(request) };
    } catch (error) {
      reply =
        error instanceof Error
          ? { id, ok: false, message: error.message, stack: error.stack }
          : { id, ok: false, message: String(error), stack: undefined };
    }
    parentPort?.postMessage(reply);
  });
});

async function answer(request: EngineRequest): Promise<EngineAnswers[keyof EngineAnswers]> {
  if (request.kind === 'report') return (await analyseFolder(request.folder)).json;
  const growth = growthByWatch.get(request.watch) ?? new LiveGrowth();
  growthByWatch.set(request.watch, growth);
  return growth.addDump(await readDump(request.dumpPath), inflate);
}
