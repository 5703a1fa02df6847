// The outer page of a launch without cookies: gets the proof from the platform, then shows every page inside itself.
import { SCROLL_TO_TOP } from "../lib/frame.js";
import { PlatformStorage, worldOf } from "../lti/storage.js";
import { Carrier, nameOf } from "./carrier.js";

const part = (name) => document.querySelector(`[data-${name}]`);
const launch = part("launch");
const alert = part("unreachable");
const { name, platformOrigin, storageTarget, stateHeader } = part("without-cookies").dataset;

async function keptState() {
  const world = worldOf(window);
  if (!world) return null;
  const storage = new PlatformStorage({ world, origin: platformOrigin, target: storageTarget });
  const state = await storage.get(name);
  if (state !== null) storage.forget(name);
  return state;
}

function innerFrame() {
  const frame = document.createElement("iframe");
  frame.className = "carried";
  frame.title = "Attune";
  frame.allow = "camera; fullscreen";
  frame.addEventListener("load", () => {
    document.title = frame.contentDocument?.title ?? document.title;
    if (frame.carrier.hasMoved) frame.contentWindow?.focus();
  });
  return frame;
}

async function save(response) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = nameOf(response);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function carry(frame) {
  const carrier = new Carrier({
    fetch: window.fetch.bind(window),
    base: document.baseURI,
    show: (html) => {
      carrier.hasMoved = frame.isConnected;
      frame.srcdoc = html;
      if (!frame.isConnected) document.body.append(frame);
      document.body.classList.add("is-carrying");
      alert.hidden = true;
    },
    save,
    // Pages in a frame of ours leave no trace by themselves that the button "back" could follow.
    remember: (address) => window.history[frame.isConnected ? "pushState" : "replaceState"]({ address }, ""),
  });
  const open = carrier.open.bind(carrier);
  carrier.open = (...asked) => open(...asked).catch(() => sayUnreachable(frame));
  // A platform listens to the window that it put into its frame: to this one.
  carrier.tell = (message) => window.parent.postMessage(message, "*");
  return carrier;
}

function sayUnreachable(frame) {
  part("still-here").hidden = !frame.isConnected;
  part("again").hidden = frame.isConnected;
  alert.hidden = false;
  frame.carrier.tell(SCROLL_TO_TOP);
}

function enter(frame, state) {
  alert.hidden = true;
  const fields = new URLSearchParams(new FormData(launch));
  frame.carrier.open(launch.action, { method: "POST", body: fields, headers: { [stateHeader]: state } });
}

const state = await keptState();
if (state === null) {
  // Refused, in the words for a browser that brought nothing.
  launch.submit();
} else {
  const frame = innerFrame();
  frame.carrier = carry(frame);
  window.addEventListener("popstate", ({ state: page }) => {
    if (page?.address) frame.carrier.open(page.address, { again: true });
  });
  part("again").addEventListener("click", () => enter(frame, state));
  enter(frame, state);
}
