// Asks the platform to close the registration: it opened us in a window or in a frame. Knows no platform.

/** The message of LTI Dynamic Registration. */
export const CLOSE = { subject: "org.imsglobal.lti.close" };

/** The page that waits for us, or null: the one that opened this window, else the one around this frame. */
export function waitingPage({ opener, parent, self }) {
  return opener ?? (parent === self ? null : parent);
}

/** world: { opener, parent, self }. Any origin may learn that we are done; nothing else is in the message. */
export function askToClose(world) {
  waitingPage(world)?.postMessage(CLOSE, "*");
}
