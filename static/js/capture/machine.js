// The states of the capture page, and which event leads where. Knows no camera, no network and no page.

export const State = Object.freeze({
  IDLE: "idle",
  ASKING: "asking",
  RUNNING: "running",
  WAITING: "waiting",
  OFFLINE: "offline",
  PAUSED: "paused",
  STOPPED: "stopped",
  FAILED: "failed",
});

const { IDLE, ASKING, RUNNING, WAITING, OFFLINE, PAUSED, STOPPED, FAILED } = State;

// What is possible wherever the camera is on.
const LIVE = { pause: PAUSED, hide: PAUSED, stop: STOPPED, end: STOPPED, fail: FAILED };

const TABLE = {
  [IDLE]: { start: ASKING },
  [ASKING]: { grant: RUNNING, fail: FAILED, end: FAILED, pause: PAUSED, hide: PAUSED, stop: STOPPED },
  [RUNNING]: { ...LIVE, slowDown: WAITING, loseLink: OFFLINE },
  [WAITING]: { ...LIVE, catchUp: RUNNING, loseLink: OFFLINE },
  [OFFLINE]: { ...LIVE, catchUp: RUNNING, slowDown: WAITING },
  [PAUSED]: { start: ASKING, stop: STOPPED, end: STOPPED },
  [STOPPED]: { start: ASKING },
  [FAILED]: { start: ASKING, stop: STOPPED },
};

/** The camera is live: the page must say so. */
export const isLive = (state) => state === RUNNING || state === WAITING || state === OFFLINE;

/** Pictures are taken. Not while the server asked for time. */
export const isSampling = (state) => state === RUNNING || state === OFFLINE;

/** onEnter(state, detail, previous) is called after every change; an event without a place here changes nothing. */
export class Machine {
  #onEnter;

  constructor(onEnter) {
    this.state = IDLE;
    this.#onEnter = onEnter;
  }

  /** Returns whether the event led anywhere. */
  send(event, detail = {}) {
    const next = TABLE[this.state][event];
    if (next === undefined) return false;
    const previous = this.state;
    this.state = next;
    this.#onEnter(next, detail, previous);
    return true;
  }
}
