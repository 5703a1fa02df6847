// What every page does: fit its frame, offer the theme switch, move focus to what needs it.
import { carrierOf, followThrough } from "./carried.js";
import { SCROLL_TO_TOP, cameFromWithin, keepFrameFitting } from "./frame.js";
import { themeSwitch } from "./theme_switch.js";
import { gettext } from "./words.js";

const carrier = carrierOf(window);

/** How the platform's page around us hears something; null in a window of our own. */
function platformEar() {
  if (carrier) return carrier.tell;
  return window.parent === window ? null : (message) => window.parent.postMessage(message, "*");
}

function fitFrame() {
  // Any origin may learn how tall the page is and that it was opened; nothing else is in the messages.
  const post = platformEar();
  // The outer page of a launch without cookies is as tall as the page within it, which tells so by itself.
  if (!post || document.querySelector("[data-without-cookies]")) return;
  const root = document.documentElement;
  const fromWithin = cameFromWithin({ referrer: document.referrer, origin: window.location.origin });
  if (carrier ? carrier.hasMoved : fromWithin) post(SCROLL_TO_TOP);
  keepFrameFitting({
    height: () => root.getBoundingClientRect().height,
    post,
    observe: (callback) => new ResizeObserver(callback).observe(root),
  });
}

function offerThemeSwitch(button) {
  const theme = themeSwitch({
    root: document.documentElement,
    system: window.matchMedia("(prefers-color-scheme: dark)"),
    storage: () => window.localStorage,
  });
  const label = button.querySelector("[data-theme-label]");
  const offers = { dark: gettext("Use the dark theme"), light: gettext("Use the light theme") };
  const say = () => (label.textContent = offers[theme.next()]);
  button.addEventListener("click", () => (theme.toggle(), say()));
  say();
  button.hidden = false;
}

if (carrier) followThrough({ document, carrier });
fitFrame();
document.querySelectorAll("[data-theme-switch]").forEach(offerThemeSwitch);
document.querySelector("[data-focus-first]")?.focus();
