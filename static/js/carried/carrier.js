// Fetches pages and answers for a browser that keeps no cookie here: the session's key travels in a header, and is
// kept nowhere but in this object. Receives the world; knows nothing of what the pages show.

const SESSION = "X-Attune-Session";
const LOCATION = "X-Attune-Location";
const UNKNOWN_KEY = "new";

export class Carrier {
  #fetch;
  #base;
  #show;
  #save;
  #remember;
  #key = UNKNOWN_KEY;
  #latest = 0;

  /** Whether another page followed the first. */
  hasMoved = false;

  /**
   * base: an address of our own. show: (html) => void; save: (response) => Promise, for what is not a page;
   * remember: (address) => void, for pages that can be asked for again.
   */
  constructor({ fetch, base, show, save, remember }) {
    this.#fetch = fetch;
    this.#base = base;
    this.#show = show;
    this.#save = save;
    this.#remember = remember;
  }

  /** As window.fetch, for our own addresses alone: nobody else is handed the key. */
  fetch = async (address, { headers = {}, ...options } = {}) => {
    const url = new URL(address, this.#base);
    if (!this.owns(url)) throw new TypeError("Not an address of ours.");
    const carried = new Headers(headers);
    carried.set(SESSION, this.#key);
    const response = await this.#fetch(url.href, { ...options, headers: carried, credentials: "same-origin" });
    this.#key = response.headers.get(SESSION) ?? this.#key;
    return response;
  };

  /** Shows the page at the address, a refusal too. Throws TypeError where none comes; the page before stays then. */
  async open(address, options = {}) {
    const turn = ++this.#latest;
    const { headers, again = false, ...rest } = options;
    const response = await this.fetch(address, { ...rest, headers: { Accept: "text/html", ...headers } });
    const onward = response.headers.get(LOCATION);
    const isLatest = () => turn === this.#latest;
    if (onward !== null) return isLatest() ? this.open(onward, { again }) : undefined;
    if (isAttachment(response)) return this.#save(response);
    if (!isPage(response)) throw new TypeError("Not a page.");
    const page = await response.text();
    // Whoever pressed twice gets the page of the second press, whichever comes first.
    if (!isLatest()) return undefined;
    if (!again && (rest.method ?? "GET") === "GET") this.#remember(address);
    return this.#show(page);
  }

  owns(url) {
    return url.origin === new URL(this.#base).origin;
  }
}

function isAttachment(response) {
  return /^attachment\b/i.test(response.headers.get("Content-Disposition") ?? "");
}

/** Anything else would become a page of ours by being shown as one. */
function isPage(response) {
  return /^text\/html\b/i.test(response.headers.get("Content-Type") ?? "");
}

/** The name that the server gives to what is to be saved. */
export function nameOf(response) {
  const found = /filename="?([^";]+)"?/i.exec(response.headers.get("Content-Disposition") ?? "");
  return found ? found[1] : "attune";
}
