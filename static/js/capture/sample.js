// The demonstration's stand-in for a camera: a clip on a loop. Same shape as Camera; asks nobody for anything.

import { CameraTrouble, Trouble } from "./camera.js";

export class Sample {
  isSample = true;
  #address;

  constructor(address) {
    this.#address = address;
    this.isOpen = false;
  }

  async open(video) {
    video.src = this.#address;
    video.loop = true;
    try {
      await video.play();
    } catch {
      this.close(video);
      throw new CameraTrouble(Trouble.UNKNOWN);
    }
    this.isOpen = true;
  }

  close(video) {
    this.isOpen = false;
    video.pause();
    video.removeAttribute("src");
    video.load();
  }

  async list() {
    return [];
  }
}
