// The calm corner's page: chooses an exercise, shows it alone, comes back. Only this file touches the document.
import { Breathing, State } from "./breathing.js";
import { breathingScreen } from "./breathing_screen.js";
import { Grounding } from "./grounding.js";

const part = (name) => document.querySelector(`[data-calm="${name}"]`);
const parts = (name) => [...document.querySelectorAll(`[data-calm="${name}"]`)];
const SCENES = ["choose", "breathing", "grounding", "after"];

function showScene(name) {
  SCENES.forEach((scene) => (part(scene).hidden = scene !== name));
}

function showAfter(finished) {
  part("after-heading").textContent = finished ? "That is it." : "Stopping is fine.";
  showScene("after");
  part("after-heading").focus();
}

function wireBreathing() {
  const reduced = window.matchMedia("(prefers-reduced-motion: reduce)");
  const stillBox = part("still");
  stillBox.checked = reduced.matches;
  const stage = part("breathing");
  const followStill = () => stage.classList.toggle("is-still", stillBox.checked);
  stillBox.addEventListener("change", followStill);
  followStill();

  const pause = part("pause");
  const onChange = (state, finished) => {
    pause.textContent = state === State.PAUSED ? "Go on" : "Pause";
    if (state === State.DONE) showAfter(finished);
  };
  const screen = breathingScreen({
    parts: {
      shape: part("shape"),
      halo: part("halo"),
      ring: part("ring"),
      caption: part("caption"),
      count: part("count"),
      left: part("left"),
      beats: parts("beat"),
    },
    still: () => stillBox.checked,
    onChange,
  });
  const breathing = new Breathing({
    clock: () => performance.now(),
    raf: (callback) => requestAnimationFrame(callback),
    screen,
  });
  parts("breathe").forEach((button) =>
    button.addEventListener("click", () => {
      showScene("breathing");
      pause.focus();
      breathing.start(Number(button.value));
    }),
  );
  pause.addEventListener("click", () => (breathing.state === State.PAUSED ? breathing.goOn() : breathing.pause()));
  part("end-breathing").addEventListener("click", () => breathing.end());
  stage.addEventListener("keydown", (event) => event.key === "Escape" && breathing.end());
  // A hidden tab gets no frames: wait for the person instead of running on without them.
  document.addEventListener("visibilitychange", () => document.hidden && breathing.pause());
}

function wireGrounding() {
  const grounding = new Grounding();
  const render = () => {
    const view = grounding.view;
    if (view === null) return showAfter(true);
    if (part("prompt").textContent !== view.prompt) part("prompt").textContent = view.prompt;
    part("hint").textContent = view.hint;
    part("step").textContent = `Step ${view.step} of ${view.steps}`;
    part("sense-ring").setAttribute("stroke-dashoffset", (1 - view.share).toFixed(4));
    part("number").textContent = String(view.count - view.found);
    return undefined;
  };
  part("ground").addEventListener("click", () => {
    grounding.restart();
    showScene("grounding");
    render();
    part("found").focus();
  });
  part("found").addEventListener("click", () => (grounding.found(), render()));
  part("skip").addEventListener("click", () => (grounding.skip(), render()));
  part("end-grounding").addEventListener("click", () => showAfter(false));
  part("grounding").addEventListener("keydown", (event) => event.key === "Escape" && showAfter(false));
}

wireBreathing();
wireGrounding();
part("back").addEventListener("click", () => {
  showScene("choose");
  part("choose-heading").focus();
});
document.documentElement.classList.add("is-live");
