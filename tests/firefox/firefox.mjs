// Debian's Firefox with a fresh profile, and somebody on the platform's course page in it. Knows the pages' words only.
import { setTimeout as sleep } from "node:timers/promises";

import puppeteer from "puppeteer-core";

const EXECUTABLE = "/usr/bin/firefox-esr";
const PATIENCE_MS = 20_000;
const POLL_MS = 100;

// A pattern in the place of a camera, and nobody is asked whether it may be looked at.
const FAKE_CAMERA = { "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true };

/** What Firefox does with the cookies of a site inside another: preferences. */
export const Cookies = Object.freeze({
  AS_DELIVERED: {}, // Total Cookie Protection: a jar for each site around.
  REJECTED: { "network.cookie.cookieBehavior": 1 }, // "All cross-site cookies", partitioned ones too.
});

/** Calls `use` with a fresh browser, and closes that. */
export async function withFirefox(cookies, use) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: EXECUTABLE,
    extraPrefsFirefox: { ...FAKE_CAMERA, ...cookies },
  });
  try {
    await use(browser);
  } finally {
    await browser.close();
  }
}

/** Asks again and again until the answer is truthy: frames come and go meanwhile. */
export async function until(what, ask, limit = PATIENCE_MS) {
  const end = Date.now() + limit;
  let trouble;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      trouble = error;
    }
    await sleep(POLL_MS);
  }
  throw new Error(`Waited in vain until ${what}.`, { cause: trouble });
}

export class Visit {
  #page;

  constructor(page) {
    this.#page = page;
  }

  /** address: the course page as somebody sees it. */
  static async begin(browser, address) {
    const page = await browser.newPage();
    await page.goto(address);
    return new Visit(page);
  }

  /** Whether the tool shows its pages in a frame of its own: there are no cookies then. */
  get isCarried() {
    return this.#frame.url() === "about:srcdoc";
  }

  /** Waits for the page: the one before is there until then, with buttons of its own. */
  async sees(heading) {
    const find = () => this.#frame.$eval("h1", (h1) => h1.textContent.trim());
    await until(`the page is called “${heading}”`, async () => (await find()) === heading);
  }

  /** By keyboard, which needs no place on the screen. */
  async press(label) {
    const button = await until(`there is “${label}”`, () => this.#find(label));
    await button.press("Enter");
  }

  async tickAll() {
    const boxes = await until("there are choices", async () => {
      const found = await this.#frame.$$("input[type=checkbox]");
      return found.length && found;
    });
    for (const box of boxes) await box.press(" ");
  }

  /** Waits until the capture page's part of this name has a text that `fits`. */
  async reads(part, fits, limit) {
    const find = () => this.#frame.$eval(`[data-capture="${part}"]`, (found) => found.textContent.trim());
    return until(`“${part}” reads as it should`, async () => fits(await find()), limit);
  }

  async back() {
    await this.#page.evaluate("history.back()");
  }

  /** The innermost: without cookies there is one within the tool's. */
  get #frame() {
    return this.#page.frames().at(-1);
  }

  async #find(label) {
    for (const found of await this.#frame.$$("a[href], button")) {
      const text = await found.evaluate((element) => element.checkVisibility() && element.textContent.trim());
      if (text === label) return found;
    }
    return null;
  }
}
