// Asks the encoder worker for one JPEG at a time and keeps their numbers apart. Receives the worker.

const BOX = { width: 640, height: 480 };

/** The size that fits into the box without stretching or growing. */
export function fit({ width, height }, box = BOX) {
  const scale = Math.min(1, box.width / width, box.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export class Encoder {
  #worker;
  #waiting = new Map();
  #number = 0;

  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#settle(data);
    worker.onerror = () => this.#failAll();
  }

  /** bitmap: ImageBitmap, given away. Resolves to a JPEG blob. */
  encode(bitmap) {
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker.postMessage({ number, bitmap }, [bitmap]);
    });
  }

  #settle({ number, picture, error }) {
    const { resolve, reject } = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (picture) resolve(picture);
    else reject(new Error(error));
  }

  #failAll() {
    for (const { reject } of this.#waiting.values()) reject(new Error("The encoder stopped."));
    this.#waiting.clear();
  }
}
