// The page that carries an answer back to the platform.
import { sendOn } from "./send_on.js";

sendOn({
  form: document.querySelector("[data-send-on]"),
  again: performance.getEntriesByType("navigation")[0]?.type === "back_forward",
});
