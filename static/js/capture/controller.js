// Brings camera, sampler, outbox, results and the view together. Receives all of them; knows no page.

import { CameraTrouble } from "./camera.js";
import { Refusal } from "./api.js";
import { lightOf } from "./hints.js";
import { Machine, State, isLive, isSampling } from "./machine.js";
import { Outbox } from "./outbox.js";
import { Results } from "./results.js";
import { sampleUntil } from "./sampler.js";

const SESSION_KEEPS_MS = 20 * 60 * 1000;
const HINT_EVERY_MS = 1500;

export class Capture {
  #clock;
  #api;
  #grab;
  #thumbnail;
  #view;
  #newId;
  #machine = new Machine((...change) => this.#enter(...change));
  #source = null;
  #session = null;
  #lastUsed = 0;
  #results = null;
  #sampling = null;
  #hinting = null;
  #attempt = 0;
  #outbox;

  /**
   * grab: () => Promise<Blob>, a JPEG of what is seen now; thumbnail: () => {pixels, width, height};
   * view: show(state, detail), usingSample(is), measuring(count), result(result), kept(outbox), light(kind),
   *   note(text);
   * video: the element that a source shows its picture in; newId: () => a fresh UUID.
   */
  constructor({ clock, api, grab, thumbnail, view, video, newId }) {
    Object.assign(this, { video });
    [this.#clock, this.#api, this.#grab] = [clock, api, grab];
    [this.#thumbnail, this.#view, this.#newId] = [thumbnail, view, newId];
    this.#outbox = new Outbox({ clock, send: (...sent) => this.#send(...sent), listener: this.#listener() });
  }

  get state() {
    return this.#machine.state;
  }

  /** source: Camera or Sample. From a click only. */
  start(source, deviceId) {
    this.#view.usingSample(Boolean(source.isSample));
    this.#machine.send("start", { source, deviceId });
  }

  pause() {
    this.#machine.send("pause");
  }

  stop() {
    this.#machine.send("stop");
  }

  /** The page is no longer looked at: the camera must not stay on behind the student's back. */
  hide() {
    this.#machine.send("hide", { hidden: true });
  }

  /** Another device, without asking the server again. */
  change(source, deviceId) {
    if (!isLive(this.state)) return;
    this.pause();
    this.start(source, deviceId);
  }

  #enter(state, detail) {
    if (state === State.ASKING) this.#ask(detail);
    if (isSampling(state)) this.#startSampling();
    else this.#stopSampling();
    if (isLive(state)) this.#startHints();
    else if (state !== State.ASKING) this.#release();
    if (state === State.STOPPED || state === State.FAILED) this.#endSession();
    this.#view.show(state, detail);
  }

  async #ask({ source, deviceId }) {
    this.#attempt += 1;
    const attempt = this.#attempt;
    try {
      await this.#ensureSession();
      if (!this.#isCurrent(attempt)) return;
      this.#source = source;
      await source.open(this.video, { deviceId, onLost: () => this.#machine.send("fail", { kind: "lost" }) });
    } catch (error) {
      if (this.#isCurrent(attempt)) this.#machine.send("fail", reasonOf(error));
      return;
    }
    // Pause or Stop was pressed while the browser was still asking.
    if (this.#isCurrent(attempt)) this.#machine.send("grant");
    else if (this.state !== State.ASKING && !isLive(this.state)) source.close(this.video);
  }

  #isCurrent(attempt) {
    return attempt === this.#attempt && this.state === State.ASKING;
  }

  async #ensureSession() {
    const isFresh = this.#session && this.#clock.now() - this.#lastUsed < SESSION_KEEPS_MS;
    if (isFresh) return;
    const session = await this.#api.start();
    this.#session = session;
    this.#lastUsed = this.#clock.now();
    this.#results = new Results({
      clock: this.#clock,
      ask: (after, signal) => this.#api.results(session, after, signal),
      onResult: (result) => this.#show(result),
      onRefused: (refusal) => this.#resultsRefused(session, refusal),
    });
  }

  #endSession() {
    this.#outbox.clear();
    this.#view.kept(this.#outbox);
    // What was received is still measured; its results are still wanted.
    if (this.#session) this.#api.stop(this.#session);
    this.#session = null;
  }

  #startSampling() {
    if (this.#sampling) return;
    const sampling = new AbortController();
    this.#sampling = sampling;
    const { signal } = sampling;
    const deliver = (snippet) => {
      this.#lastUsed = this.#clock.now();
      this.#outbox.add({ clientId: this.#newId(), ...snippet });
      this.#view.kept(this.#outbox);
    };
    const { settings } = this.#session;
    sampleUntil({ clock: this.#clock, grab: this.#grab, settings, deliver, signal }).catch(() => {
      if (!signal.aborted) this.#machine.send("fail", { kind: "pictures" });
    });
  }

  #stopSampling() {
    this.#sampling?.abort();
    this.#sampling = null;
  }

  async #startHints() {
    if (this.#hinting) return;
    const { signal } = (this.#hinting = new AbortController());
    while (!signal.aborted) {
      const { pixels, width, height } = this.#thumbnail();
      this.#view.light(lightOf(pixels, width, height));
      await this.#clock.sleep(HINT_EVERY_MS, signal);
    }
  }

  #release() {
    this.#hinting?.abort();
    this.#hinting = null;
    this.#source?.close(this.video);
  }

  #send(snippet, signal) {
    return this.#api.send(this.#session, snippet, signal);
  }

  #listener() {
    return {
      onAccepted: (id) => {
        this.#results.expect(id);
        this.#view.measuring(this.#results.waiting);
        this.#view.kept(this.#outbox);
      },
      onSlow: (seconds) => this.#machine.send("slowDown", { seconds }),
      onUnreachable: () => {
        this.#machine.send("loseLink");
        this.#view.kept(this.#outbox);
      },
      onClear: () => this.#machine.send("catchUp"),
      onDropped: () => this.#view.kept(this.#outbox),
      onRefused: (outcome) => this.#refused(outcome),
    };
  }

  /** A session that is over already may be refused: that says nothing about the one that runs now. */
  #resultsRefused(session, refusal) {
    this.#view.measuring(this.#results.waiting);
    if (session === this.#session) this.#refused(refusal);
  }

  /** After a final one there is no going on without the student: the page stops and says why. */
  #refused(outcome) {
    if (outcome.isFinal) {
      this.#session = null;
      this.#machine.send("end", outcome);
    } else {
      this.#view.note(outcome.message);
    }
  }

  #show(result) {
    this.#view.result(result);
    this.#view.measuring(this.#results.waiting);
  }
}

function reasonOf(error) {
  if (error instanceof CameraTrouble) return { kind: error.kind };
  if (error instanceof Refusal) return { message: error.message, nextStep: error.nextStep, code: error.code };
  return { kind: "network" };
}
