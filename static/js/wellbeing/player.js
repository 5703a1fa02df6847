// Plays one exercise, whichever it is: start, pause, go on, skip, end. Receives clock, raf and a screen to show on.
import { Stopwatch } from "./stopwatch.js";
import { afterFinding, nextPart, viewAt } from "./timeline.js";

export const State = Object.freeze({ READY: "ready", RUNNING: "running", PAUSED: "paused", DONE: "done" });

export class Player {
  #watch;
  #raf;
  #screen;
  #timeline = null;
  #ahead = 0;
  #pending = false;
  state = State.READY;

  /** raf: (callback) => void; screen: { show(view), changed(state, finished) }. */
  constructor({ clock, raf, screen }) {
    this.#watch = new Stopwatch(clock);
    this.#raf = raf;
    this.#screen = screen;
  }

  start(timeline) {
    this.#timeline = timeline;
    this.#ahead = 0;
    this.#watch.reset();
    this.#run();
  }

  pause() {
    if (this.state !== State.RUNNING || this.#byHand) return;
    this.#watch.pause();
    this.#enter(State.PAUSED);
  }

  goOn() {
    if (this.state === State.PAUSED) this.#run();
  }

  /** One more thing was found: where the person leads, not the clock. */
  found() {
    if (this.state === State.RUNNING && this.#byHand) this.#leapTo(afterFinding(this.#timeline, this.#now));
  }

  /** On to the next part: a muscle that hurts, a sense that finds nothing. */
  skip() {
    if (this.state === State.PAUSED) this.goOn();
    if (this.state === State.RUNNING) this.#leapTo(nextPart(this.#timeline, this.#now));
  }

  /** Stops where it is. finished: whether the whole of it was done. */
  end(finished = false) {
    if (this.state === State.READY || this.state === State.DONE) return;
    this.#watch.pause();
    this.#enter(State.DONE, finished);
  }

  get #byHand() {
    return this.#timeline.plan.byHand;
  }

  get #now() {
    return this.#ahead + (this.#byHand ? 0 : this.#watch.elapsed);
  }

  #leapTo(ms) {
    this.#ahead += ms - this.#now;
    this.#draw();
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
    if (this.#now >= this.#timeline.totalMs) {
      this.end(true);
      return;
    }
    this.#screen.show(viewAt(this.#timeline, this.#now));
    // A frame asked for before a pause may still come: never ask for a second one.
    if (!this.#pending && !this.#byHand) this.#raf(this.#frame);
    this.#pending = !this.#byHand;
  }

  #enter(state, finished = false) {
    this.state = state;
    this.#screen.changed(state, finished);
  }
}
