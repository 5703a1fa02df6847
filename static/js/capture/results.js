// Asks what became of sent snippets, only while some are out. Knows no page.

import { Refusal } from "./api.js";

const WAITS_MS = [400, 600, 800, 1200, 2000];
const TROUBLE_MS = 8000;

export class Results {
  #clock;
  #ask;
  #onResult;
  #onRefused;
  #out = new Set();
  #after = null;
  #stop = new AbortController();
  #asking = false;

  /**
   * ask: (after, signal) => Promise<snippets>; onResult is called once for every snippet that ended;
   * onRefused(refusal): the server will not tell, and nothing more is asked.
   */
  constructor({ clock, ask, onResult, onRefused }) {
    this.#clock = clock;
    this.#ask = ask;
    this.#onResult = onResult;
    this.#onRefused = onRefused;
  }

  /** How many snippets are still being measured. */
  get waiting() {
    return this.#out.size;
  }

  /** A snippet was accepted: its result is wanted. */
  expect(id) {
    this.#out.add(id);
    if (!this.#asking) this.#askUntilAllEnded(this.#stop.signal);
  }

  /** Want nothing more: for the end of a session. */
  clear() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#out.clear();
    this.#after = null;
    this.#asking = false;
  }

  async #askUntilAllEnded(signal) {
    this.#asking = true;
    let round = 0;
    while (this.#out.size > 0 && !signal.aborted) {
      await this.#clock.sleep(WAITS_MS[Math.min(round, WAITS_MS.length - 1)], signal);
      round = (await this.#askOnce(signal)) ? 0 : round + 1;
    }
    if (!signal.aborted) this.#asking = false;
  }

  /** Returns whether anything ended. */
  async #askOnce(signal) {
    if (signal.aborted) return false;
    try {
      const snippets = await this.#ask(this.#after, signal);
      return !signal.aborted && this.#take(snippets);
    } catch (error) {
      if (error instanceof Refusal && !signal.aborted) return this.#giveUp(error);
      await this.#clock.sleep(TROUBLE_MS, signal);
      return false;
    }
  }

  #giveUp(refusal) {
    this.clear();
    this.#onRefused(refusal);
    return false;
  }

  #take(snippets) {
    const ended = snippets.filter(({ snippet, finished_at: end }) => end && this.#out.delete(snippet));
    for (const snippet of ended) {
      if (this.#after === null || snippet.finished_at > this.#after) this.#after = snippet.finished_at;
      this.#onResult(snippet);
    }
    return ended.length > 0;
  }
}
