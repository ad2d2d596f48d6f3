import { Worker } from 'node:worker_threads';
import type { GrowthWatch } from '@heaptrail/capture';
import type { EngineAnswers, EngineMessage, EngineReply, EngineRequest } from './engine-request.ts';

interface Waiting {
  readonly resolve: (answer: EngineAnswers[keyof EngineAnswers]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Analysis beside the main thread, which has signals to pass on and processes to sample. The thread starts with the first request; when it
 * dies (out of memory) what it was asked rejects, and the next request starts another.
 */
export class Engine {
  readonly #waitingById = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  #lastWatch = 0;

  watch(): GrowthWatch {
    const watch = ++this.#lastWatch;
    return { look: (dumpPath) => this.#ask({ kind: 'watch', watch, dumpPath }) };
  }

  /** `report.json` of a session folder, made with nothing else in memory. */
  async report(folder: string): Promise<string> {
    await this.close();
    return this.#ask({ kind: 'report', folder });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #ask<R extends EngineRequest>(request: R): Promise<EngineAnswers[R['kind']]> {
    const worker = (this.#worker ??= this.#start());
    const message: EngineMessage = { id: ++this.#lastId, request };
    return new Promise((resolve, reject) => {
      this.#waitingById.set(message.id, { resolve: (answer) => resolve(answer as EngineAnswers[R['kind']]), reject });
      worker.postMessage(message);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('engine-thread.mjs', import.meta.url));
    worker.on('message', (reply: EngineReply) => this.#answered(reply));
    worker.on('error', (error) => this.#died(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#died(worker, new Error('the analysis was ended')));
    return worker;
  }

  #answered(reply: EngineReply): void {
    const waiting = this.#waitingById.get(reply.id);
    this.#waitingById.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.answer);
    else waiting?.reject(Object.assign(new Error(reply.message), reply.stack !== undefined && { stack: reply.stack }));
  }

  #died(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const waiting = [...this.#waitingById.values()];
    this.#waitingById.clear();
    for (const { reject } of waiting) reject(error);
  }
}
