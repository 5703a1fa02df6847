// What the page says in each state and each trouble. Texts only.

import { State } from "./machine.js";
import { Light } from "./hints.js";
import { Trouble } from "./camera.js";

const plural = (count, one, many) => (count === 1 ? one : many);

export const STATUS = {
  [State.IDLE]: () => "The camera is off. Start when you are ready.",
  [State.ASKING]: () => "Your browser asks whether this page may use the camera. Choose Allow.",
  [State.RUNNING]: () => "The camera is on. Carry on with your work.",
  [State.WAITING]: ({ seconds }) =>
    `The service is busy. No pictures are taken for ${seconds} ${plural(seconds, "second", "seconds")}; then it goes on by itself.`,
  [State.OFFLINE]: () => "There is no connection. A few pictures are kept on this page and sent when it is back.",
  [State.PAUSED]: ({ hidden }) =>
    hidden ? "Paused, because you left this page. The camera is off." : "Paused. The camera is off.",
  [State.STOPPED]: () => "Stopped. The camera is off.",
  [State.FAILED]: () => "The camera is off.",
};

export const BADGE = {
  [State.ASKING]: "Asking",
  [State.RUNNING]: "On",
  [State.WAITING]: "On, waiting",
  [State.OFFLINE]: "On, no connection",
};

export const SAMPLE_BADGE = {
  [State.RUNNING]: "Sample clip",
  [State.WAITING]: "Sample clip, waiting",
  [State.OFFLINE]: "Sample clip, no connection",
};

export const SAMPLE_STATUS = {
  ...STATUS,
  [State.RUNNING]: () => "A sample clip is measured in place of your camera, which is off.",
};

export const HINT = {
  [Light.DARK]: "It is quite dark. A lamp in front of you helps.",
  [Light.BRIGHT]: "It is very bright. Turn a little away from the light.",
  [Light.BACKLIT]: "The light is behind you. Turn, so that it falls on your face.",
  [Light.GOOD]: "The light is good. Keep your face inside the oval.",
};

/** newTab: whether opening the page on its own can help. */
export const TROUBLE = {
  [Trouble.NONE]: {
    heading: "We found no camera",
    text: "This device has no camera, or it is switched off or unplugged.",
    next: "Plug one in or switch it on, then try again.",
  },
  [Trouble.REFUSED]: {
    heading: "The camera was not allowed",
    text: "You or your browser said no to the camera. That is fine: nothing was taken.",
    next: "If you did not mean to, click the camera sign in the address bar, choose Allow, and try again.",
    newTab: true,
  },
  [Trouble.BUSY]: {
    heading: "Another program is using the camera",
    text: "A video call or another page holds it. Only one can have it at a time.",
    next: "Close the other program or page, then try again.",
  },
  [Trouble.FRAME]: {
    heading: "Your course page keeps the camera to itself",
    text: "Attune is shown inside your course, and the course does not pass the camera on.",
    next: "Open Attune in its own tab. It is the same page, and your choices stay.",
    newTab: true,
  },
  [Trouble.INSECURE]: {
    heading: "This connection cannot use a camera",
    text: "Browsers give the camera only to pages with a secure address that begins with https.",
    next: "Tell the people who run this course that Attune must be opened with https.",
  },
  [Trouble.UNKNOWN]: {
    heading: "The camera did not start",
    text: "Your browser did not say why.",
    next: "Try again. If that does not help, open Attune in its own tab.",
    newTab: true,
  },
  lost: {
    heading: "The camera went away",
    text: "It was unplugged, or another program took it.",
    next: "Check the camera, then start again.",
  },
  network: {
    heading: "We could not reach Attune",
    text: "There seems to be no connection. The camera was not started.",
    next: "Check your connection, then try again.",
  },
  pictures: {
    heading: "The pictures could not be prepared",
    text: "This browser could not turn the camera's picture into a file. The camera is off again.",
    next: "Reload the page, or use a newer browser.",
  },
};

/** What the page keeps, in one line; empty when it keeps nothing. */
export function keptWords({ size, dropped }) {
  const kept = size > 0 ? `${size} not sent yet.` : "";
  const gone = dropped > 0 ? ` ${dropped} ${plural(dropped, "was", "were")} deleted unsent, the oldest first.` : "";
  return (kept + gone).trim();
}
