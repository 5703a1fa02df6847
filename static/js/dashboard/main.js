// The reading pages: local times, keys in a list, printing. Only this file touches the document.
import { localMoment } from "./local_time.js";
import { isTaken, nextRow } from "./row_keys.js";
import { fetchOf } from "../lib/carried.js";
import { watchForChanges } from "./changes.js";

function writeLocalTimes() {
  // Plain "en" would put the month first, unlike every other date on the page.
  const { lang } = document.documentElement;
  const locale = lang === "en" ? "en-GB" : lang || undefined;
  document.querySelectorAll("time[data-local]").forEach((time) => {
    time.textContent = localMoment(time.dateTime, { locale }) ?? time.textContent;
  });
}

function wireRows() {
  document.addEventListener("keydown", (event) => {
    if (isTaken(event)) return;
    // Looked up anew: the list may have been replaced by a fresher one.
    const links = [...document.querySelectorAll("[data-row-keys] a")];
    const next = nextRow({ key: event.key, current: links.indexOf(document.activeElement), count: links.length });
    if (next === null) return;
    event.preventDefault();
    links[next].focus();
  });
  document.querySelector(".keys-hint")?.classList.add("is-live");
}

// A closed disclosure would be missing on paper.
function openForPrinting() {
  document.querySelectorAll("details").forEach((details) => (details.open = true));
}

// The list is replaced in place: what was focused stays focused, and a reader is told once.
function keepFresh(region) {
  const fetch = fetchOf(window);
  const here = document.documentElement.dataset.address ?? window.location.href;
  const words = document.querySelector("[data-live-words]");
  watchForChanges({
    fetch,
    changesAt: region.dataset.changes,
    pageAt: here,
    since: region.dataset.changedAt,
    setTimeout: window.setTimeout.bind(window),
    isVisible: () => !document.hidden,
    show(html) {
      const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(region.id);
      if (!fresh) return;
      const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
      region.replaceChildren(...fresh.childNodes);
      region.dataset.changedAt = fresh.dataset.changedAt;
      if (focused) document.getElementById(focused)?.focus();
      writeLocalTimes();
      words.textContent = words.dataset.liveWords;
    },
  });
}

// The latest weeks are what one comes for; the earlier ones lie before them, in whichever direction is read.
function beginAtEnd(region) {
  const isRightToLeft = getComputedStyle(region).direction === "rtl";
  region.scrollLeft = isRightToLeft ? -region.scrollWidth : region.scrollWidth;
}

function offerPrinting(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

writeLocalTimes();
window.addEventListener("beforeprint", openForPrinting);
document.querySelectorAll("[data-begin-at-end]").forEach(beginAtEnd);
document.querySelectorAll("[data-row-keys]").forEach(wireRows);
document.querySelectorAll("[data-live-region]").forEach(keepFresh);
document.querySelectorAll("[data-print]").forEach(offerPrinting);
