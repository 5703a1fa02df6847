// The reading pages: local times, keys in a list, printing. Only this file touches the document.
import { localMoment } from "./local_time.js";
import { isTaken, nextRow } from "./row_keys.js";

function writeLocalTimes() {
  // Plain "en" would put the month first, unlike every other date on the page.
  const { lang } = document.documentElement;
  const locale = lang === "en" ? "en-GB" : lang || undefined;
  document.querySelectorAll("time[data-local]").forEach((time) => {
    time.textContent = localMoment(time.dateTime, { locale }) ?? time.textContent;
  });
}

function wireRows(list) {
  const links = [...list.querySelectorAll("a")];
  document.addEventListener("keydown", (event) => {
    if (isTaken(event)) return;
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

function offerPrinting(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

writeLocalTimes();
window.addEventListener("beforeprint", openForPrinting);
document.querySelectorAll("[data-row-keys]").forEach(wireRows);
document.querySelectorAll("[data-print]").forEach(offerPrinting);
