// Time that can be paused. Receives the clock; knows nothing of breathing.

export class Stopwatch {
  #clock;
  #before = 0;
  #since = null;

  /** clock: () => milliseconds that never go back, such as performance.now. */
  constructor(clock) {
    this.#clock = clock;
  }

  get running() {
    return this.#since !== null;
  }

  get elapsed() {
    return this.#before + (this.running ? this.#clock() - this.#since : 0);
  }

  start() {
    if (!this.running) this.#since = this.#clock();
  }

  pause() {
    this.#before = this.elapsed;
    this.#since = null;
  }

  reset() {
    this.#before = 0;
    this.#since = null;
  }
}
