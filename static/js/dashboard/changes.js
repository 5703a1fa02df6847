// Asks again and again whether anything is newer, and hands the fresh page over. Receives the world; knows no page.

export const EVERY_MS = 15_000;
export const AFTER_FAULT_MS = 60_000;

/** since: the newest change that the page shows, as the server wrote it. show: called with the page's new HTML. */
export function watchForChanges({ fetch, changesAt, pageAt, since, setTimeout, isVisible, show }) {
  let known = since;

  async function look() {
    const answer = await fetch(changesAt, { headers: { Accept: "application/json" } });
    if (!answer.ok) return AFTER_FAULT_MS;
    const { changed_at: newest } = await answer.json();
    if (isSame(newest, known)) return EVERY_MS;
    const page = await fetch(pageAt);
    if (!page.ok) return AFTER_FAULT_MS;
    show(await page.text());
    known = newest;
    return EVERY_MS;
  }

  async function turn() {
    // Nobody looks at a hidden page: asking for it would cost the server and tell nobody anything.
    const wait = isVisible() ? await look().catch(() => AFTER_FAULT_MS) : EVERY_MS;
    setTimeout(turn, wait);
  }

  setTimeout(turn, EVERY_MS);
}

/** Two ways to write the same moment are the same; so are two empty ones. */
export function isSame(one, other) {
  return one === other || Math.floor(new Date(one) / 1000) === Math.floor(new Date(other) / 1000);
}
