// A soft tone at the beginning of a step, made in the page. Receives how an audio context is made; knows no page.

const LOUDNESS = 0.05;
const FADES_S = 1.4;
const LOW_HZ = 196;

/** Full sounds higher than empty, a fifth apart: one hears which way the breath goes. */
export const pitchOf = ({ fullness }) => LOW_HZ * (1 + fullness / 2);

export class Tone {
  #make;
  #context = null;
  isOn = false;

  /** make: () => AudioContext. Called at the first tone only: a page that stays silent opens no sound. */
  constructor(make) {
    this.#make = make;
  }

  play(step) {
    if (!this.isOn) return;
    this.#context ??= this.#make();
    const { currentTime: now, destination } = this.#context;
    const [voice, volume] = [this.#context.createOscillator(), this.#context.createGain()];
    voice.type = "sine";
    voice.frequency.value = pitchOf(step);
    volume.gain.setValueAtTime(0, now);
    volume.gain.linearRampToValueAtTime(LOUDNESS, now + 0.15);
    volume.gain.exponentialRampToValueAtTime(0.0001, now + FADES_S);
    voice.connect(volume).connect(destination);
    voice.start(now);
    voice.stop(now + FADES_S);
  }
}
