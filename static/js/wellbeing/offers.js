// Asks whether a break may be offered, and tells what became of the offer. Receives fetch; knows no page.

export class Offers {
  #fetch;
  #token;
  #addresses;

  /** addresses: { ask, reply }. */
  constructor({ fetch, token, addresses }) {
    this.#fetch = fetch;
    this.#token = token;
    this.#addresses = addresses;
  }

  /** moment: "pause" | "end". False whenever there is no clear yes: an offer is never worth an error. */
  async mayOffer(moment) {
    try {
      const response = await this.#post(this.#addresses.ask, { moment });
      return response.ok && (await response.json()).offer === true;
    } catch {
      return false;
    }
  }

  /** reply: "dismissed" | "accepted" | "off". Leaves even when the page is closing. */
  async reply(reply) {
    await this.#post(this.#addresses.reply, { reply }, { keepalive: true }).catch(() => {});
  }

  #post(address, fields, options = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.#token };
    return this.#fetch(address, { method: "POST", headers, body: new URLSearchParams(fields), ...options });
  }
}
