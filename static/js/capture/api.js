// The capture room's addresses as functions. Receives fetch and the page's token; turns answers into outcomes.

import { gettext } from "../lib/words.js";

const DEFAULT_WAIT_S = 10;

// Not known any more, not allowed, not there, over: asking again changes nothing until the student does something.
const FINAL = new Set([401, 403, 404, 409]);

// Said by the outermost door, which does not know the reader's language.
const BY_CODE = {
  body_too_large: gettext("What was sent is too large. Nothing was stored."),
  body_too_slow: gettext("What was sent took too long to arrive. Nothing was stored."),
};

/** The server said no. To 429 and 5xx it may say yes later. */
const isNo = ({ status }) => status >= 400 && status < 500 && status !== 429;

/** An answer that says no, in words for a person. */
export class Refusal extends Error {
  constructor({ code, message, nextStep, isFinal }) {
    super(message);
    this.code = code;
    this.nextStep = nextStep;
    this.isFinal = isFinal;
  }
}

async function readRefusal(response) {
  const said = await response.json().catch(() => ({}));
  return {
    kind: "refused",
    code: said.error ?? `http_${response.status}`,
    message: BY_CODE[said.error] ?? said.message ?? gettext("Something went wrong."),
    nextStep: said.next_step ?? gettext("Reload the page."),
    isFinal: FINAL.has(response.status),
  };
}

const waitOf = (response) => Number(response.headers.get("Retry-After")) || DEFAULT_WAIT_S;

function asForm({ clientId, capturedAt, pictures }) {
  const form = new FormData();
  form.append("client_id", clientId);
  form.append("captured_at", capturedAt);
  pictures.forEach((picture, number) => form.append("frames", picture, `${number}.jpg`));
  return form;
}

export class Api {
  #fetch;
  #token;
  #start;

  /** start: the address that begins a session; every other address comes with its answer. */
  constructor({ fetch, token, start }) {
    this.#fetch = fetch;
    this.#token = token;
    this.#start = start;
  }

  /** Resolves to {session, settings, snippets, results, stop}. Throws Refusal, or TypeError without a network. */
  async start() {
    const response = await this.#post(this.#start);
    if (!response.ok) throw new Refusal(await readRefusal(response));
    return response.json();
  }

  /** Leaves even when the page is closing. */
  async stop(session) {
    await this.#post(session.stop, { keepalive: true }).catch(() => {});
  }

  /** Never throws: an outcome for the outbox. */
  async send(session, snippet, signal) {
    let response;
    try {
      response = await this.#post(session.snippets, { body: asForm(snippet), signal });
    } catch {
      return { kind: "unreachable" };
    }
    if (response.status === 202) return { kind: "accepted", id: (await response.json()).snippet };
    if (response.status === 429) return { kind: "slow", seconds: waitOf(response) };
    if (response.status >= 500) return { kind: "unreachable" };
    return readRefusal(response);
  }

  /** Snippets that are waiting or ended after `after`. Throws Refusal, or another error when there is no answer. */
  async results(session, after, signal) {
    const query = after ? `?after=${encodeURIComponent(after)}` : "";
    const response = await this.#fetch(session.results + query, { headers: this.#headers(), signal });
    if (isNo(response)) throw new Refusal(await readRefusal(response));
    if (!response.ok) throw new Error(`No answer: ${response.status}`);
    return (await response.json()).snippets;
  }

  #post(address, options = {}) {
    return this.#fetch(address, { method: "POST", headers: this.#headers(), ...options });
  }

  #headers() {
    return { Accept: "application/json", "X-CSRFToken": this.#token };
  }
}
