// <calm-offer>: a quiet line under the capture buttons that offers a break. Takes no focus, covers nothing.
import { fetchOf } from "../lib/carried.js";
import { Offers } from "./offers.js";

class CalmOffer extends HTMLElement {
  #offers;

  connectedCallback() {
    const { ask, reply, token } = this.dataset;
    this.#offers = new Offers({ fetch: fetchOf(window), token, addresses: { ask, reply } });
    document.addEventListener("attune:transition", this.#onTransition);
    this.addEventListener("click", this.#onClick);
  }

  disconnectedCallback() {
    document.removeEventListener("attune:transition", this.#onTransition);
  }

  #onTransition = async ({ detail: { moment } }) => {
    if (moment === "start") this.#show(false);
    else if (await this.#offers.mayOffer(moment)) this.#show(true);
  };

  #onClick = ({ target }) => {
    const reply = target.closest("[data-reply]")?.dataset.reply;
    if (!reply) return;
    this.#offers.reply(reply);
    if (reply !== "accepted") this.#close();
  };

  /** Whoever pressed a button that goes away stays where they were: at the capture buttons. */
  #close() {
    this.#show(false);
    const before = document.querySelectorAll(".capture__buttons button:not([hidden])");
    before[0]?.focus();
  }

  #show(is) {
    this.querySelector("[data-offer]").hidden = !is;
  }
}

customElements.define("calm-offer", CalmOffer);
