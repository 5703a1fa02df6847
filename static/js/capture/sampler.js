// Takes snippets at their times: some frames in a couple of seconds, then a rest. Knows no camera and no network.

/** grab: () => Promise<Blob>. Frames are taken at fixed times from the first, so that slowness does not add up. */
export async function takeSnippet({ clock, grab, frames, seconds, signal }) {
  const began = clock.now();
  const pictures = [];
  for (let number = 0; number < frames; number += 1) {
    await clock.sleep(began + (number * seconds * 1000) / frames - clock.now(), signal);
    if (signal.aborted) return null;
    pictures.push(await grab());
  }
  return signal.aborted ? null : { capturedAt: new Date(began).toISOString(), pictures };
}

/** Until the signal: a snippet, hand it over, wait for the next time. settings: frames, seconds, interval_s. */
export async function sampleUntil({ clock, grab, settings, deliver, signal }) {
  let due = clock.now();
  while (!signal.aborted) {
    const snippet = await takeSnippet({ clock, grab, ...settings, signal });
    if (snippet) deliver(snippet);
    // After a sleep of the machine the missed times are skipped, not caught up.
    due = Math.max(due + settings.interval_s * 1000, clock.now());
    await clock.sleep(due - clock.now(), signal);
  }
}
