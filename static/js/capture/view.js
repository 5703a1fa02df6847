// Writes into the capture page's elements. Receives the root; decides nothing.

import { BADGE, HINT, STATUS, TROUBLE, keptWords } from "./words.js";
import { State, isLive } from "./machine.js";
import { cells, sentence } from "./strip.js";

const PAUSABLE = new Set([State.ASKING, State.RUNNING, State.WAITING, State.OFFLINE]);
const HEIGHTS = { none: 1, unknown: 3, lower: 6, usual: 11, raised: 17, high: 23 };
const SVG = "http://www.w3.org/2000/svg";

export class View {
  #find;
  #root;
  #clock;
  #seen = [];
  #lastLevel = "";

  constructor({ root, clock }) {
    this.#root = root;
    this.#clock = clock;
    this.#find = (name) => root.querySelector(`[data-capture="${name}"]`);
    this.drawStrip();
  }

  show(state, detail) {
    const live = isLive(state);
    this.#root.dataset.state = state;
    this.#root.dataset.live = live;
    this.#find("badge").textContent = BADGE[state] ?? "Camera off";
    this.#find("status").textContent = STATUS[state](detail);
    this.#showButtons(state);
    this.#showTrouble(state, detail);
    if (!live) this.#find("hint").textContent = "";
  }

  /** How many snippets are being measured right now. */
  measuring(count) {
    this.#find("measuring").hidden = count === 0;
  }

  result({ level, words, reason, captured_at: at }) {
    const shown = level || "unknown";
    const template = this.#root.querySelector(`template[data-band="${shown}"]`);
    this.#find("level").replaceChildren(template.content.cloneNode(true));
    this.#find("reason").textContent = isSeen(shown) ? "" : words;
    this.#find("when").textContent = `At ${timeOf(at)}`;
    this.#announce(shown, words, reason);
    this.#seen.push({ at: Date.parse(at), level: shown });
    this.drawStrip();
  }

  kept(outbox) {
    this.#find("kept").textContent = keptWords({ size: Math.max(0, outbox.size - 1), dropped: outbox.dropped });
  }

  light(kind) {
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
    start.textContent = state === State.PAUSED ? "Go on" : state === State.FAILED ? "Try again" : "Start the camera";
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
    this.#find("announcer").textContent = `Just measured: ${words}`;
  }
}

const isSeen = (level) => level !== "unknown";

const timeOf = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

function troubleOf({ kind, message, nextStep }) {
  if (kind) return TROUBLE[kind];
  return { heading: "The camera was stopped", text: message, next: nextStep };
}

function bar({ level }, index) {
  const height = HEIGHTS[level];
  const rect = document.createElementNS(SVG, "rect");
  const box = { x: index * 10 + 1, y: 26 - height, width: 8, height, rx: Math.min(2, height / 2) };
  for (const [name, value] of Object.entries(box)) rect.setAttribute(name, value);
  rect.setAttribute("class", `strip__bar strip__bar--${level}`);
  return rect;
}
