// The page between a platform's click and its answer, in a frame that perhaps keeps no cookies.
import { PlatformStorage, worldOf } from "./storage.js";
import { Way, wayOn } from "./way_on.js";

const page = document.querySelector("[data-logging-in]");
const { onward, name, state, platformOrigin, storageTarget } = page.dataset;
const world = worldOf(window);
const storage =
  world && storageTarget ? new PlatformStorage({ world, origin: platformOrigin, target: storageTarget }) : null;

if ((await wayOn({ document, storage, name, state })) === Way.ONWARD) {
  window.location.replace(onward);
} else {
  page.querySelector("[data-working]").hidden = true;
  page.querySelector("[data-new-tab]").hidden = false;
}
