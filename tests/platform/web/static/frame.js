// Connects the page to the tool in its frame. Knows nothing of what the tool shows.
import { respondTo } from "./messages.js";

const frame = document.getElementById("tool");

if (frame) {
  const tool = {
    origin: frame.dataset.toolOrigin,
    storage: frame.dataset.storage === "yes" ? new Map() : null,
    resize: (height) => { frame.height = height; },
    // Only up: whoever reads above the frame stays where they are.
    scrollToTop: () => { if (frame.getBoundingClientRect().top < 0) frame.scrollIntoView(); },
    close: () => window.location.assign(window.location.pathname),
  };
  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== tool.origin) return;
    const response = respondTo(event.data, tool);
    if (response) event.source.postMessage(response, event.origin);
  });
}
