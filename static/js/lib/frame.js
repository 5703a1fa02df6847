// Tells the platform how tall the page is, so that its frame needs no second scroll bar.
// Knows nothing of any platform: whoever does not understand the message ignores it.

/** The message Canvas reads; others have taken it over. A JSON string, because Canvas parses strings. */
export const resizeMessage = (height) => JSON.stringify({ subject: "lti.frameResize", height });

/** height: () => pixels; post: (message) => void; observe: (callback) => void, called at every change of size. */
export function keepFrameFitting({ height, post, observe }) {
  let told = 0;
  const tell = () => {
    const now = Math.ceil(height());
    if (now === told) return;
    told = now;
    post(resizeMessage(now));
  };
  observe(tell);
  tell();
}
