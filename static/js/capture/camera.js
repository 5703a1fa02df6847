// Opens the camera and lets go of it. Receives the browser's devices and document; knows no page.

import { fill, gettext } from "../lib/words.js";

export const Trouble = Object.freeze({
  NONE: "none",
  REFUSED: "refused",
  BUSY: "busy",
  FRAME: "frame",
  INSECURE: "insecure",
  UNKNOWN: "unknown",
});

const BY_ERROR_NAME = {
  NotAllowedError: Trouble.REFUSED,
  NotFoundError: Trouble.NONE,
  OverconstrainedError: Trouble.NONE,
  NotReadableError: Trouble.BUSY,
  AbortError: Trouble.BUSY,
  SecurityError: Trouble.FRAME,
};

const WANTED = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15, max: 30 } };

/** Why there is no picture; `kind` is one of Trouble. */
export class CameraTrouble extends Error {
  constructor(kind) {
    super(`camera: ${kind}`);
    this.kind = kind;
  }
}

/** Whether the page that frames us keeps the camera to itself. Browsers without a policy API do not say. */
export function frameForbids(document) {
  const policy = document.permissionsPolicy ?? document.featurePolicy;
  return policy?.allowsFeature ? !policy.allowsFeature("camera") : false;
}

const nameOf = (number) => fill(gettext("Camera %(number)s"), { number });

export class Camera {
  #devices;
  #document;
  #stream = null;

  /** devices: navigator.mediaDevices, undefined where the page is not secure. */
  constructor({ devices, document }) {
    this.#devices = devices;
    this.#document = document;
  }

  get isOpen() {
    return this.#stream !== null;
  }

  /** Call from a click only. Shows the picture in `video`. onLost is called when the device goes away. */
  async open(video, { deviceId, onLost }) {
    this.close(video);
    if (frameForbids(this.#document)) throw new CameraTrouble(Trouble.FRAME);
    if (!this.#devices?.getUserMedia) throw new CameraTrouble(Trouble.INSECURE);
    this.#stream = await this.#ask(deviceId);
    this.#stream.getVideoTracks().forEach((track) => track.addEventListener("ended", onLost));
    video.srcObject = this.#stream;
    await video.play();
  }

  /** Lets go of the device: its own light goes out. */
  close(video) {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    video.srcObject = null;
  }

  /** The cameras there are; their names are known only once one was allowed. */
  async list() {
    const devices = (await this.#devices?.enumerateDevices?.()) ?? [];
    return devices
      .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId)
      .map(({ deviceId, label }, index) => ({ id: deviceId, name: label || nameOf(index + 1) }));
  }

  async #ask(deviceId) {
    const video = deviceId ? { ...WANTED, deviceId: { exact: deviceId } } : { ...WANTED, facingMode: "user" };
    try {
      return await this.#devices.getUserMedia({ video, audio: false });
    } catch (error) {
      // The chosen camera was unplugged since: any other is better than none.
      if (deviceId && BY_ERROR_NAME[error.name] === Trouble.NONE) return this.#ask(undefined);
      throw new CameraTrouble(BY_ERROR_NAME[error.name] ?? Trouble.UNKNOWN);
    }
  }
}
