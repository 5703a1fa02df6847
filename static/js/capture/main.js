// The capture page: finds the elements, makes the world, wires the buttons. The only module that touches the page.

import { fetchOf } from "../lib/carried.js";
import { Api } from "./api.js";
import { Camera } from "./camera.js";
import { clock } from "./clock.js";
import { Capture } from "./controller.js";
import { Encoder, fit } from "./encoder.js";
import { State } from "./machine.js";
import { Sample } from "./sample.js";
import { View } from "./view.js";

const THUMBNAIL = { width: 32, height: 24 };

const root = document.querySelector("[data-capture-page]");
const find = (name) => root.querySelector(`[data-capture="${name}"]`);
const video = find("video");

function grabber() {
  const encoder = new Encoder(new Worker(new URL("./encoder.worker.js", import.meta.url), { type: "module" }));
  return async () => {
    const { width, height } = fit({ width: video.videoWidth, height: video.videoHeight });
    return encoder.encode(await createImageBitmap(video, { resizeWidth: width, resizeHeight: height }));
  };
}

function thumbnailer() {
  const canvas = Object.assign(document.createElement("canvas"), THUMBNAIL);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return () => {
    context.drawImage(video, 0, 0, THUMBNAIL.width, THUMBNAIL.height);
    return { pixels: context.getImageData(0, 0, THUMBNAIL.width, THUMBNAIL.height).data, ...THUMBNAIL };
  };
}

const recent = JSON.parse(document.getElementById("recent").textContent);
const view = new View({ root, clock, recent });
const camera = new Camera({ devices: navigator.mediaDevices, document });
const { token, startUrl, sampleClip } = root.dataset;

const capture = new Capture({
  clock,
  api: new Api({ fetch: fetchOf(window), token, start: startUrl }),
  grab: grabber(),
  thumbnail: thumbnailer(),
  view,
  video,
  newId: () => crypto.randomUUID(),
});

const chosen = () => find("camera").value || undefined;

async function listCameras() {
  const inUse = video.srcObject?.getVideoTracks()[0]?.getSettings().deviceId;
  view.cameras(await camera.list(), inUse ?? chosen());
}

let source = camera;

/** Other parts of the page may care where an activity begins and ends. */
const tell = (moment) => document.dispatchEvent(new CustomEvent("attune:transition", { detail: { moment } }));

find("start").addEventListener("click", () => {
  // Going on after a pause goes on with the same picture; anything else begins with the camera.
  if (capture.state !== State.PAUSED) source = camera;
  capture.start(source, chosen());
  tell("start");
});
find("pause").addEventListener("click", () => (capture.pause(), tell("pause")));
find("stop").addEventListener("click", () => (capture.stop(), tell("end")));
find("camera").addEventListener("change", () => capture.change(camera, chosen()));
if (sampleClip) {
  find("sample").addEventListener("click", () => {
    capture.start((source = new Sample(sampleClip)));
    tell("start");
  });
}
video.addEventListener("playing", listCameras);
navigator.mediaDevices?.addEventListener?.("devicechange", listCameras);
document.addEventListener("visibilitychange", () => document.hidden && capture.hide());
window.addEventListener("pagehide", () => capture.stop());
setInterval(() => view.drawStrip(), 30000);
view.show(capture.state, {});
// Until here a click would have gone unheard.
for (const button of [find("start"), find("sample")]) button?.removeAttribute("disabled");
