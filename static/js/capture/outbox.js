// Snippets on their way out: sent one at a time, kept for a short while when that fails. Knows no camera.

export const CAPACITY = 3;
const FIRST_WAIT_S = 1;
const LONGEST_WAIT_S = 30;

export class Outbox {
  #clock;
  #send;
  #listener;
  #queue = [];
  #inFlight = null;
  #failures = 0;
  #stop = new AbortController();

  /**
   * send: (snippet, signal) => Promise<{kind: "accepted", id} | {kind: "slow", seconds} | {kind: "unreachable"}
   *   | {kind: "refused", code, isFinal}>.
   * listener: onAccepted(id, snippet), onSlow(seconds), onUnreachable(), onClear(), onRefused(outcome), onDropped(count).
   */
  constructor({ clock, send, listener }) {
    this.#clock = clock;
    this.#send = send;
    this.#listener = listener;
    this.dropped = 0;
  }

  get size() {
    return this.#queue.length;
  }

  /** The last try did not get through. */
  get isHeldUp() {
    return this.#failures > 0;
  }

  /** Keep a snippet for sending. Over the capacity the oldest that is not being sent right now goes. */
  add(snippet) {
    this.#queue.push(snippet);
    if (this.#queue.length > CAPACITY) {
      this.#queue.splice(this.#queue[0] === this.#inFlight ? 1 : 0, 1);
      this.dropped += 1;
      this.#listener.onDropped(this.dropped);
    }
    if (!this.#inFlight) this.#pump(this.#stop.signal);
  }

  /** Forget everything that was not sent, and stop trying. The outbox can be used again. */
  clear() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#queue = [];
    this.#inFlight = null;
    this.#failures = 0;
    this.dropped = 0;
  }

  async #pump(signal) {
    while (this.#queue.length > 0 && !signal.aborted) {
      this.#inFlight = this.#queue[0];
      const outcome = await this.#send(this.#inFlight, signal);
      if (signal.aborted) return;
      await this[`_${outcome.kind}`](outcome, signal);
    }
    if (!signal.aborted) this.#inFlight = null;
  }

  _accepted({ id }) {
    const snippet = this.#queue.shift();
    this.#gotThrough(() => this.#listener.onAccepted(id, snippet));
  }

  /** The server named a time: neither sooner, nor longer for having asked before. */
  async _slow({ seconds }, signal) {
    this.#failures += 1;
    this.#listener.onSlow(seconds);
    await this.#clock.sleep(seconds * 1000, signal);
  }

  async _unreachable(_outcome, signal) {
    const seconds = Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** this.#failures);
    this.#failures += 1;
    this.#listener.onUnreachable(seconds);
    await this.#clock.sleep(seconds * 1000, signal);
  }

  _refused(outcome) {
    this.#queue.shift();
    this.#gotThrough(() => this.#listener.onRefused(outcome));
  }

  /** An answer, yes or no, ends a hold-up. */
  #gotThrough(tell) {
    const wasHeldUp = this.isHeldUp;
    this.#failures = 0;
    tell();
    if (wasHeldUp) this.#listener.onClear();
  }
}
