// The calm corner's page: chooses an exercise, shows it alone, asks whether it helped. Only this file touches the page.
import { Player, State } from "./player.js";
import { screenOf } from "./screen.js";
import { partsOf, timelineOf } from "./timeline.js";
import { Tone } from "./tone.js";

const part = (name) => document.querySelector(`[data-calm="${name}"]`);
const parts = (name) => [...document.querySelectorAll(`[data-calm="${name}"]`)];
const SCENES = ["choose", "stage", "after"];
const { plans, settle, words } = JSON.parse(document.getElementById("calm").textContent);

const stage = part("stage");
const stillBox = part("still");
const tone = new Tone(() => new AudioContext());
let cameFrom = null;

function showScene(name) {
  SCENES.forEach((scene) => (part(scene).hidden = scene !== name));
  document.documentElement.classList.toggle("is-running", name === "stage");
}

function showAfter(finished) {
  part("after-heading").textContent = finished ? words.done : words.ended;
  showScene("after");
  part("after-heading").focus();
}

/** Where nothing moves, the steps of a round stand side by side and the one of now is marked. */
function drawPhases(plan) {
  const shown = plan.rounds ? plan.steps : [];
  part("phases").replaceChildren(
    ...shown.map(({ caption, seconds }) => {
      const phase = document.createElement("li");
      phase.className = "calm-phase";
      phase.textContent = `${caption} ${seconds}`;
      return phase;
    }),
  );
}

function markPhase(plan, step) {
  const place = plan.steps.findIndex(({ caption }) => caption === step.caption);
  [...part("phases").children].forEach((phase, index) => phase.classList.toggle("is-on", index === place));
}

let plan = null;
const pause = part("pause");
const player = new Player({
  clock: () => performance.now(),
  raf: (callback) => requestAnimationFrame(callback),
  screen: screenOf({
    parts: {
      ...Object.fromEntries(["shape", "halo", "ring", "caption", "hint", "count", "left"].map((n) => [n, part(n)])),
      phases: (step) => markPhase(plan, step),
    },
    still: () => stillBox.checked,
    words,
    onStep: (step) => tone.play(step),
    onChange: (state, finished) => {
      pause.textContent = state === State.PAUSED ? words.go_on : words.pause;
      if (state === State.DONE) showAfter(finished);
    },
  }),
});

function begin(button) {
  const key = part("no-hold")?.checked && button.dataset.variant ? button.dataset.variant : button.dataset.exercise;
  const timeline = timelineOf({ plan: plans[key], settle, seconds: Number(button.value) });
  plan = plans[key];
  cameFrom = button;
  part("name").textContent = plan.title;
  if (part("exercise")) part("exercise").value = key;
  drawPhases(plan);
  part("found").hidden = !plan.byHand;
  pause.hidden = plan.byHand;
  part("skip").hidden = partsOf(timeline) < 2;
  part("skip").textContent = plan.byHand ? words.next_sense : words.skip;
  showScene("stage");
  (plan.byHand ? part("found") : pause).focus();
  player.start(timeline);
}

function followStill() {
  stage.classList.toggle("is-still", stillBox.checked);
}

parts("begin").forEach((button) => button.addEventListener("click", () => begin(button)));
pause.addEventListener("click", () => (player.state === State.PAUSED ? player.goOn() : player.pause()));
part("found").addEventListener("click", () => player.found());
part("skip").addEventListener("click", () => player.skip());
part("end").addEventListener("click", () => player.end());
stage.addEventListener("keydown", (event) => event.key === "Escape" && player.end());
part("sound").addEventListener("change", ({ target }) => (tone.isOn = target.checked));
part("back").addEventListener("click", () => {
  showScene("choose");
  cameFrom?.focus();
});
// A hidden tab gets no frames: wait for the person instead of running on without them.
document.addEventListener("visibilitychange", () => document.hidden && player.pause());

const reduced = window.matchMedia("(prefers-reduced-motion: reduce)");
stillBox.checked = reduced.matches;
reduced.addEventListener("change", () => ((stillBox.checked = reduced.matches), followStill()));
stillBox.addEventListener("change", followStill);
tone.isOn = part("sound").checked;
followStill();
document.documentElement.classList.add("is-live");
