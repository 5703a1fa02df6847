// What the page says in each state and each trouble. Texts only.

import { fill, gettext, ngettext, pgettext } from "../lib/words.js";
import { State } from "./machine.js";
import { Light } from "./hints.js";
import { Trouble } from "./camera.js";

export const STATUS = {
  [State.IDLE]: () => gettext("The camera is off. Start when you are ready."),
  [State.ASKING]: () => gettext("Your browser asks whether this page may use the camera. Choose Allow."),
  [State.RUNNING]: () => gettext("The camera is on. Carry on with your work."),
  [State.WAITING]: ({ seconds }) =>
    fill(
      ngettext(
        "The service is busy. No pictures are taken for %(seconds)s second; then it goes on by itself.",
        "The service is busy. No pictures are taken for %(seconds)s seconds; then it goes on by itself.",
        seconds,
      ),
      { seconds },
    ),
  [State.OFFLINE]: () =>
    gettext("There is no connection. A few pictures are kept on this page and sent when it is back."),
  [State.PAUSED]: ({ hidden }) =>
    hidden ? gettext("Paused, because you left this page. The camera is off.") : gettext("Paused. The camera is off."),
  [State.STOPPED]: () => gettext("Stopped. The camera is off."),
  [State.FAILED]: () => gettext("The camera is off."),
};

export const BADGE = {
  [State.ASKING]: pgettext("the camera", "Asking"),
  [State.RUNNING]: pgettext("the camera", "On"),
  [State.WAITING]: gettext("On, waiting"),
  [State.OFFLINE]: gettext("On, no connection"),
};

/** The first button, where it does not begin anew. */
export const START = {
  [State.PAUSED]: gettext("Go on"),
  [State.FAILED]: gettext("Try again"),
};

export const SAMPLE_BADGE = {
  [State.RUNNING]: gettext("Sample clip"),
  [State.WAITING]: gettext("Sample clip, waiting"),
  [State.OFFLINE]: gettext("Sample clip, no connection"),
};

export const SAMPLE_STATUS = {
  ...STATUS,
  [State.RUNNING]: () => gettext("A sample clip is measured in place of your camera, which is off."),
};

export const HINT = {
  [Light.DARK]: gettext("It is quite dark. A lamp in front of you helps."),
  [Light.BRIGHT]: gettext("It is very bright. Turn a little away from the light."),
  [Light.BACKLIT]: gettext("The light is behind you. Turn, so that it falls on your face."),
  [Light.GOOD]: gettext("The light is good. Keep your face inside the oval."),
};

/** newTab: whether opening the page on its own can help. */
export const TROUBLE = {
  [Trouble.NONE]: {
    heading: gettext("We found no camera"),
    text: gettext("This device has no camera, or it is switched off or unplugged."),
    next: gettext("Plug one in or switch it on, then try again."),
  },
  [Trouble.REFUSED]: {
    heading: gettext("The camera was not allowed"),
    text: gettext("You or your browser said no to the camera. That is fine: nothing was taken."),
    next: gettext("If you did not mean to, click the camera sign in the address bar, choose Allow, and try again."),
    newTab: true,
  },
  [Trouble.BUSY]: {
    heading: gettext("Another program is using the camera"),
    text: gettext("A video call or another page holds it. Only one can have it at a time."),
    next: gettext("Close the other program or page, then try again."),
  },
  [Trouble.FRAME]: {
    heading: gettext("Your course page keeps the camera to itself"),
    text: gettext("Attune is shown inside your course, and the course does not pass the camera on."),
    next: gettext("Open Attune in its own tab. It is the same page, and your choices stay."),
    newTab: true,
  },
  [Trouble.INSECURE]: {
    heading: gettext("This connection cannot use a camera"),
    text: gettext("Browsers give the camera only to pages with a secure address that begins with https."),
    next: gettext("Tell the people who run this course that Attune must be opened with https."),
  },
  [Trouble.UNKNOWN]: {
    heading: gettext("The camera did not start"),
    text: gettext("Your browser did not say why."),
    next: gettext("Try again. If that does not help, open Attune in its own tab."),
    newTab: true,
  },
  lost: {
    heading: gettext("The camera went away"),
    text: gettext("It was unplugged, or another program took it."),
    next: gettext("Check the camera, then start again."),
  },
  network: {
    heading: gettext("We could not reach Attune"),
    text: gettext("There seems to be no connection. The camera was not started."),
    next: gettext("Check your connection, then try again."),
  },
  pictures: {
    heading: gettext("The pictures could not be prepared"),
    text: gettext("This browser could not turn the camera's picture into a file. The camera is off again."),
    next: gettext("Reload the page, or use a newer browser."),
  },
};

/** What the page keeps, in one line; empty when it keeps nothing. */
export function keptWords({ size, dropped }) {
  const kept = fill(ngettext("%(n)s not sent yet.", "%(n)s not sent yet.", size), { n: size });
  const gone = fill(
    ngettext("%(n)s was deleted unsent, the oldest first.", "%(n)s were deleted unsent, the oldest first.", dropped),
    { n: dropped },
  );
  return [size > 0 && kept, dropped > 0 && gone].filter(Boolean).join(" ");
}
