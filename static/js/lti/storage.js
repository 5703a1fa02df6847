// Asks the platform to keep something for us: LTI postMessage Storage 0.1. Knows nothing of what is kept.

const PUT = "lti.put_data";
const GET = "lti.get_data";
const CAPABILITIES = "lti.capabilities";

/** Milliseconds. A platform that knows these messages answers in a few; a person waits for the others. */
export const PATIENCE_MS = 1000;

export class PlatformStorage {
  #world;
  #origin;
  #target;

  /**
   * world: { platform, listen, unlisten, setTimeout, clearTimeout, newId }; platform: the window around or
   * behind us. origin: of the platform's login address; nobody else is told anything, nor believed. target: the
   * name of a frame beside us, or "_parent".
   */
  constructor({ world, origin, target }) {
    this.#world = world;
    this.#origin = origin;
    this.#target = target;
  }

  /** Resolves to whether the platform says that it keeps `value`. */
  async put(key, value) {
    const answer = await this.#ask({ subject: PUT, key, value }, await this.#frame(PUT));
    return answer?.value === value;
  }

  /** Resolves to what was put, or null. */
  async get(key) {
    const answer = await this.#ask({ subject: GET, key }, await this.#frame(GET));
    return typeof answer?.value === "string" ? answer.value : null;
  }

  /** Asks the platform to forget. Nobody waits for it. */
  async forget(key) {
    await this.#ask({ subject: PUT, key, value: null }, await this.#frame(PUT));
  }

  // What the platform says of its frames outranks what it said when the login began (lti-cs-oidc 0.1, 2.1).
  async #frame(subject) {
    const { platform } = this.#world;
    const told = await this.#ask({ subject: CAPABILITIES }, platform, { origin: "*" });
    const supported = told?.supported_messages?.find?.((message) => message?.subject === subject);
    return frameNamed(supported?.frame ?? this.#target, platform);
  }

  /** Resolves to the answer without an error, or null after a while. */
  #ask(message, frame, { origin = this.#origin } = {}) {
    const { listen, unlisten, setTimeout, clearTimeout, newId } = this.#world;
    const id = newId();
    return new Promise((resolve) => {
      const end = (answer) => {
        clearTimeout(timer);
        unlisten(hear);
        resolve(answer);
      };
      const hear = ({ data, origin: from }) => {
        // Capabilities hold nothing but names of frames: those may come from the page around the storage.
        if (origin !== "*" && from !== origin) return;
        if (data?.message_id !== id || data.subject !== `${message.subject}.response`) return;
        end(data.error ? null : data);
      };
      const timer = setTimeout(() => end(null), PATIENCE_MS);
      listen(hear);
      try {
        frame.postMessage({ ...message, message_id: id }, origin);
      } catch {
        end(null); // `origin` is none.
      }
    });
  }
}

/** The platform's frame of this name, or its window itself. */
function frameNamed(name, platform) {
  if (name === "_parent") return platform;
  try {
    const frame = platform.frames[name];
    return typeof frame?.postMessage === "function" ? frame : platform;
  } catch {
    return platform; // A window of another site throws where it has no frame of that name.
  }
}

/** The world of a window. Null where nobody is around or behind it. */
export function worldOf(window) {
  const platform = window.opener ?? (window.parent === window ? null : window.parent);
  return platform && {
    platform,
    listen: (hear) => window.addEventListener("message", hear),
    unlisten: (hear) => window.removeEventListener("message", hear),
    setTimeout: window.setTimeout.bind(window),
    clearTimeout: window.clearTimeout.bind(window),
    newId: () => window.crypto.randomUUID(),
  };
}
