// One breathing exercise: start, pause, go on, end. Receives clock, raf and a screen to show on.
import { breathAt, lengthMs, SETTLE_MS } from "./pace.js";
import { Stopwatch } from "./stopwatch.js";

export const State = Object.freeze({ READY: "ready", RUNNING: "running", PAUSED: "paused", DONE: "done" });

export class Breathing {
  #watch;
  #raf;
  #screen;
  #length = 0;
  #pending = false;
  state = State.READY;

  /** raf: (callback) => void; screen: { show(view), changed(state, finished) }. */
  constructor({ clock, raf, screen }) {
    this.#watch = new Stopwatch(clock);
    this.#raf = raf;
    this.#screen = screen;
  }

  start(minutes) {
    this.#watch.reset();
    this.#length = lengthMs(minutes);
    this.#run();
  }

  pause() {
    if (this.state !== State.RUNNING) return;
    this.#watch.pause();
    this.#enter(State.PAUSED);
  }

  goOn() {
    if (this.state === State.PAUSED) this.#run();
  }

  /** Stops where it is. finished: whether the whole time was used. */
  end(finished = false) {
    if (this.state === State.READY || this.state === State.DONE) return;
    this.#watch.pause();
    this.#enter(State.DONE, finished);
  }

  #run() {
    this.#watch.start();
    this.#enter(State.RUNNING);
    this.#draw();
  }

  #frame = () => {
    this.#pending = false;
    if (this.state === State.RUNNING) this.#draw();
  };

  #draw() {
    const elapsed = this.#watch.elapsed;
    if (elapsed >= this.#length) {
      this.end(true);
      return;
    }
    this.#screen.show(this.#view(elapsed));
    // A frame asked for before a pause may still come: never ask for a second one.
    if (!this.#pending) this.#raf(this.#frame);
    this.#pending = true;
  }

  #view(elapsed) {
    const breathing = Math.max(0, elapsed - SETTLE_MS);
    const leftMs = Math.min(this.#length - elapsed, this.#length - SETTLE_MS);
    return { ...breathAt(elapsed), leftMs, share: breathing / (this.#length - SETTLE_MS) };
  }

  #enter(state, finished = false) {
    this.state = state;
    this.#screen.changed(state, finished);
  }
}
