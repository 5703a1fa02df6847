// Writes into the capture page's elements. Receives the root; decides nothing.

import { fill, gettext } from "../lib/words.js";
import { BADGE, HINT, SAMPLE_BADGE, SAMPLE_STATUS, START, STATUS, TROUBLE, keptWords } from "./words.js";
import { State, isLive } from "./machine.js";
import { cells, sentence } from "./strip.js";

const PAUSABLE = new Set([State.ASKING, State.RUNNING, State.WAITING, State.OFFLINE]);
const HEIGHTS = { none: 1, unknown: 3, learning: 3, lower: 6, usual: 11, raised: 17, high: 23 };
const LEVELS = new Set(["lower", "usual", "raised", "high"]);
const SVG = "http://www.w3.org/2000/svg";

export class View {
  #find;
  #root;
  #clock;
  #seen = [];
  #lastLevel = "";
  #isSample = false;

  /** recent: [{at: ISO, level}], what was measured in the last hour before this page was opened. */
  constructor({ root, clock, recent = [] }) {
    this.#root = root;
    this.#clock = clock;
    this.#seen = recent.map(({ at, level }) => ({ at: Date.parse(at), level }));
    this.#find = (name) => root.querySelector(`[data-capture="${name}"]`);
    this.drawStrip();
  }

  show(state, detail) {
    const live = isLive(state);
    this.#root.dataset.state = state;
    this.#root.dataset.live = live;
    this.#find("badge").textContent = (live && this.#isSample ? SAMPLE_BADGE : BADGE)[state] ?? gettext("Camera off");
    this.#find("status").textContent = (live && this.#isSample ? SAMPLE_STATUS : STATUS)[state](detail);
    this.#showButtons(state);
    this.#showTrouble(state, detail);
    if (!live) this.#find("hint").textContent = "";
  }

  /** Whether a clip stands in for the camera: the page must not say that a camera is on. */
  usingSample(isSample) {
    this.#isSample = isSample;
  }

  /** How many snippets are being measured right now. */
  measuring(count) {
    this.#find("measuring").hidden = count === 0;
  }

  result({ level, words, reason, captured_at: at }) {
    const shown = reason === "calibrating" ? "learning" : level || "unknown";
    const template = this.#root.querySelector(`template[data-band="${shown}"]`);
    this.#find("level").replaceChildren(template.content.cloneNode(true));
    this.#find("reason").textContent = LEVELS.has(shown) ? "" : words;
    this.#find("when").textContent = fill(gettext("At %(time)s"), { time: timeOf(at) });
    this.#announce(shown, words);
    this.#seen.push({ at: Date.parse(at), level: shown });
    this.drawStrip();
  }

  /** Told only when something is held up: a snippet on its way is no news. */
  kept({ isHeldUp, size, dropped }) {
    this.#find("kept").textContent = keptWords({ size: isHeldUp ? size : 0, dropped });
  }

  light(kind) {
    // Nobody can turn the lamp in a clip.
    if (this.#isSample) return;
    this.#root.dataset.light = kind;
    const hint = this.#find("hint");
    if (hint.textContent !== HINT[kind]) hint.textContent = HINT[kind];
  }

  note(text) {
    this.#find("kept").textContent = text;
  }

  cameras(list, chosen) {
    const select = this.#find("camera");
    select.replaceChildren(...list.map(({ id, name }) => new Option(name, id, false, id === chosen)));
    this.#find("camera-field").hidden = list.length < 2;
  }

  drawStrip() {
    const found = cells(this.#seen, { now: this.#clock.now() });
    this.#find("strip").replaceChildren(...found.map(bar));
    this.#find("strip-words").textContent = sentence(found);
  }

  #showButtons(state) {
    const pausable = PAUSABLE.has(state);
    const focused = this.#root.ownerDocument.activeElement;
    const start = this.#find("start");
    start.hidden = pausable;
    start.textContent = START[state] ?? gettext("Start the camera");
    this.#find("pause").hidden = !pausable;
    this.#find("stop").hidden = !pausable && state !== State.PAUSED;
    const sample = this.#find("sample");
    if (sample) sample.hidden = pausable;
    // The button that was pressed is gone: whoever uses the keyboard goes on at the one in its place.
    if (focused?.hidden) (pausable ? this.#find("pause") : start).focus();
  }

  #showTrouble(state, detail) {
    const trouble = state === State.FAILED || detail.code ? troubleOf(detail) : null;
    const box = this.#find("trouble");
    box.hidden = trouble === null;
    if (!trouble) return;
    this.#find("trouble-heading").textContent = trouble.heading;
    this.#find("trouble-text").textContent = trouble.text;
    this.#find("trouble-next").textContent = trouble.next;
    this.#find("new-tab").hidden = !trouble.newTab;
  }

  /** A screen reader hears a change, not every ten seconds the same. */
  #announce(level, words) {
    if (level === this.#lastLevel) return;
    this.#lastLevel = level;
    this.#find("announcer").textContent = fill(gettext("Just measured: %(words)s"), { words });
  }
}

// 24 hours, as everywhere in the product: "PM" would stand in the browser's language, not in the page's.
const timeOf = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function troubleOf({ kind, message, nextStep }) {
  // The server's own words come first: an outcome has a kind of its own.
  if (message) return { heading: gettext("The camera was stopped"), text: message, next: nextStep };
  return TROUBLE[kind];
}

function bar({ level }, index) {
  const height = HEIGHTS[level];
  const rect = document.createElementNS(SVG, "rect");
  const box = { x: index * 10 + 1, y: 26 - height, width: 8, height, rx: Math.min(2, height / 2) };
  for (const [name, value] of Object.entries(box)) rect.setAttribute(name, value);
  rect.setAttribute("class", `strip__bar strip__bar--${level}`);
  return rect;
}
