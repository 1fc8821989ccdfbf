import { Worker } from "node:worker_threads";
import { reasonOf } from "../node/reason-of.ts";

/** Jobs that a worker holds at a time: one that it does, one that waits so that it never idles. */
const JOBS_HELD = 2;
/** Short-lived objects of a worker; Node's own 48 would be most of its memory. */
const YOUNG_MB = 4;
/** A job that outlives this many workers is given up. */
const MOST_DEATHS = 2;

/** What a worker posts: first that it is ready, then one answer a job, in the order of the jobs. */
export type WorkerMessage<Answer> =
  | { readonly ready: true }
  | { readonly answer: Answer }
  | { readonly error: string };

interface Job<Task, Answer> {
  readonly task: Task;
  readonly isLong: boolean;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  deaths: number;
}

/** No worker can be started: the work has to be done without. */
export class NoWorkersError extends Error {}

/**
 * Worker threads that do jobs in the order given. A worker that dies is replaced; the job it was doing is tried once
 * more on another one, and then rejected with the reason. What waits here are tasks, never results.
 */
export class WorkerPool<Task, Answer> {
  readonly #entry: URL;
  readonly #workerData: unknown;
  readonly #waiting: Job<Task, Answer>[] = [];
  readonly #members = new Set<Member<Task, Answer>>();
  #problem: NoWorkersError | undefined;
  #closed = false;

  /** `entry` answers with {@link WorkerMessage}s; `workerData` reaches every worker as a copy. */
  constructor(entry: URL, workerData: unknown, size: number) {
    this.#entry = entry;
    this.#workerData = workerData;
    for (let i = 0; i < size; i++) this.#hire();
  }

  /**
   * Rejects with what the job threw, or with the reason when workers died on it. `isLong`: no other job waits behind it while
   * there are workers that could do it.
   */
  run(task: Task, { isLong = false } = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, isLong, resolve, reject, deaths: 0 });
      this.#assign();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#members].map(({ worker }) => worker.terminate()));
  }

  #hire(): void {
    let worker: Worker;
    try {
      worker = new Worker(this.#entry, {
        workerData: this.#workerData,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      });
    } catch (error) {
      this.#giveUp(reasonOf(error));
      return;
    }
    const member: Member<Task, Answer> = { worker, jobs: [], isReady: false, reason: "it stopped" };
    this.#members.add(member);
    worker.on("message", (message: WorkerMessage<Answer>) => this.#onMessage(member, message));
    worker.on("error", (error) => {
      member.reason = reasonOf(error);
    });
    worker.on("exit", (code) => this.#onExit(member, code));
  }

  #onMessage(member: Member<Task, Answer>, message: WorkerMessage<Answer>): void {
    if ("ready" in message) member.isReady = true;
    else {
      const job = member.jobs.shift();
      if ("answer" in message) job?.resolve(message.answer);
      else job?.reject(new Error(message.error));
    }
    this.#assign();
  }

  #onExit(member: Member<Task, Answer>, code: number): void {
    this.#members.delete(member);
    if (this.#closed) return;
    const [doing, ...held] = member.jobs;
    this.#waiting.unshift(...held);
    if (doing !== undefined) {
      doing.deaths++;
      if (doing.deaths < MOST_DEATHS) this.#waiting.unshift(doing);
      else {
        const reason = `${doing.deaths} workers died on it: ${member.reason} (exit code ${code})`;
        doing.reject(new Error(reason));
      }
    }
    if (member.isReady) this.#hire();
    else this.#giveUp(`a worker cannot start: ${member.reason}`);
    this.#assign();
  }

  #giveUp(reason: string): void {
    this.#problem ??= new NoWorkersError(reason);
    this.#assign();
  }

  #assign(): void {
    // The least busy first: with few jobs every worker has one before any has two.
    for (let depth = 0; depth < JOBS_HELD; depth++) {
      for (const member of this.#members) {
        if (!member.isReady || member.jobs.length > depth) continue;
        if (member.jobs.some(({ isLong }) => isLong)) continue;
        const job = this.#waiting.shift();
        if (job === undefined) return;
        member.jobs.push(job);
        member.worker.postMessage(job.task);
      }
    }
    if (this.#problem === undefined || this.#members.size > 0) return;
    for (const job of this.#waiting.splice(0)) job.reject(this.#problem);
  }
}

interface Member<Task, Answer> {
  readonly worker: Worker;
  /** The first is being done. */
  readonly jobs: Job<Task, Answer>[];
  isReady: boolean;
  reason: string;
}
