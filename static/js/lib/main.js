// What every page does: fit its frame, offer the theme switch, move focus to what needs it.
import { SCROLL_TO_TOP, cameFromWithin, keepFrameFitting } from "./frame.js";
import { themeSwitch } from "./theme_switch.js";

function fitFrame() {
  if (window.parent === window) return;
  const root = document.documentElement;
  // Any origin may learn how tall the page is and that it was opened; nothing else is in the messages.
  const post = (message) => window.parent.postMessage(message, "*");
  if (cameFromWithin({ referrer: document.referrer, origin: window.location.origin })) post(SCROLL_TO_TOP);
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
  const say = () => (label.textContent = `Use the ${theme.next()} theme`);
  button.addEventListener("click", () => (theme.toggle(), say()));
  say();
  button.hidden = false;
}

fitFrame();
document.querySelectorAll("[data-theme-switch]").forEach(offerThemeSwitch);
document.querySelector("[data-focus-first]")?.focus();
