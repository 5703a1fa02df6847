// A platform's windows as a tool on another site meets them, and the tool's own side of the messages.
import { respondTo } from "../../platform/web/static/messages.js";

export const PLATFORM = "https://college.example";
// What one window lets another site see of it, beside its named frames.
const SEEN_BY_ALL = ["frames", "length", "opener", "parent", "self", "top", "window"];

export class FakePlatform {
  storage = new Map();
  /** Every message that a tool sent: { to, subject, key, value, origin }. */
  sent = [];
  #listeners = new Set();
  #frames = {};
  #timers = new Map();
  #now = 0;
  #ids = 0;

  /** frames: those that answer, by name; `around` names the page around them. change: (response, to) => response. */
  constructor({ frames = ["around"], change = (response) => response } = {}) {
    this.change = change;
    this.answering = new Set(frames);
    for (const name of frames) if (name !== "around") this.#frames[name] = this.#window(name);
    this.around = this.#window("around");
  }

  get world() {
    return {
      platform: this.around,
      listen: (hear) => this.#listeners.add(hear),
      unlisten: (hear) => this.#listeners.delete(hear),
      setTimeout: (run, ms) => this.#timers.set((this.#ids += 1), { run, at: this.#now + ms }) && this.#ids,
      clearTimeout: (id) => this.#timers.delete(id),
      newId: () => `message-${(this.#ids += 1)}`,
    };
  }

  /** What the tool left behind: nothing, once everything is answered. */
  get leftOver() {
    return this.#listeners.size + this.#timers.size;
  }

  /** Lets answers arrive, and time pass. */
  async pass(ms = 0) {
    this.#now += ms;
    for (const { run } of [...this.#timers.values()].filter(({ at }) => at <= this.#now)) run();
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** A message reaches the tool, from whomever. */
  say(data, origin = PLATFORM) {
    for (const hear of [...this.#listeners]) hear({ data, origin });
  }

  #window(name) {
    const postMessage = (message, origin) => this.#receive(name, message, origin);
    const seen = { postMessage, focus: () => {} };
    const window = new Proxy(seen, {
      get: (target, property) => {
        if (property === "then") return undefined; // So that a promise may hold a window.
        if (Object.hasOwn(target, property)) return target[property];
        if (name === "around" && Object.hasOwn(this.#frames, property)) return this.#frames[property];
        if (SEEN_BY_ALL.includes(property)) return window;
        throw new DOMException(`Blocked a frame from accessing "${String(property)}".`, "SecurityError");
      },
    });
    return window;
  }

  #receive(name, message, origin) {
    if (origin !== "*" && !URL.canParse(origin)) throw new DOMException("Invalid target origin.", "SyntaxError");
    this.sent.push({ to: name, origin, ...message });
    if (origin !== "*" && origin !== PLATFORM) return; // The browser delivers it to nobody.
    if (!this.answering.has(name)) return;
    const response = this.change(respondTo(structuredClone(message), { storage: this.storage }), name);
    if (response) queueMicrotask(() => this.say(response.data ?? response, response.origin));
  }
}
