// The check-in: the slider's number, said as it moves. Without this file the scale under it says the same.
import { numberSaid } from "./number.js";

const slider = document.querySelector("[data-check-in='slider']");
const number = document.querySelector("[data-check-in='number']");
const words = JSON.parse(document.getElementById("tension-words").textContent);

function say() {
  const { shown, spoken } = numberSaid(slider.value, words);
  number.textContent = shown;
  slider.setAttribute("aria-valuetext", spoken);
}

number.hidden = false;
slider.addEventListener("input", say);
say();
