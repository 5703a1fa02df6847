// Tells the platform how tall the page is, so that its frame needs no second scroll bar, and when to scroll up.
// Knows nothing of any platform: whoever does not understand the message ignores it.

/** The message Canvas reads; others have taken it over. A JSON string, because Canvas parses strings. */
export const resizeMessage = (height) => JSON.stringify({ subject: "lti.frameResize", height });

/** For Canvas: the course page around the frame goes back to its top. */
export const SCROLL_TO_TOP = JSON.stringify({ subject: "lti.scrollToTop" });

/** Whether somebody came by a link or a form of our own: a launch must not move the course page under its reader. */
export function cameFromWithin({ referrer, origin }) {
  return URL.canParse(referrer) && new URL(referrer).origin === origin;
}

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
