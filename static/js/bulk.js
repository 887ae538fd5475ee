// Choosing rows for a step of many: the whole page at once, and how many are chosen. Without this
// script rows are ticked one by one.
"use strict";

(() => {
  const bar = document.querySelector("#bulk");
  if (!bar) return;
  const rows = () => [...document.querySelectorAll("input[form=bulk][name=item]")];
  const page = bar.querySelector("[data-pick-page]");
  const all = bar.querySelector("[data-pick-all]");
  page.hidden = false;
  const box = page.querySelector("input");
  box.addEventListener("change", () => {
    for (const row of rows()) row.checked = box.checked;
  });
  all.addEventListener("change", () => {
    for (const row of rows()) row.disabled = all.checked;
    box.disabled = all.checked;
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[form=bulk][name=item]")) {
      box.checked = rows().every((row) => row.checked);
    }
  });
  // A page taken from the browser's memory comes with its ticks.
  window.addEventListener("pageshow", () => {
    for (const row of rows()) row.disabled = all.checked;
    box.disabled = all.checked;
  });
})();
