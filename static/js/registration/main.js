// The button that ends a registration. Without a page that waits for us there is nothing to end, and no button.
import { askToClose, waitingPage } from "./close.js";

const world = { opener: window.opener, parent: window.parent, self: window };
const button = document.querySelector("[data-close-registration]");

if (button && waitingPage(world)) {
  button.addEventListener("click", () => askToClose(world));
  button.hidden = false;
  button.focus();
}
