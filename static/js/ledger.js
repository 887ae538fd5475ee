// Long imports: say what is going on, run in the background, and show the result when it is there.
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-waiting]")) {
    if ("background" in form.dataset) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "background";
      field.value = "1";
      form.append(field);
    }
    form.addEventListener("submit", () => {
      const hint = form.querySelector("[role=status]");
      hint.textContent = form.dataset.waiting;
      hint.hidden = false;
    });
  }

  const line = document.querySelector("[data-status]");
  const look = async () => {
    try {
      const answer = await fetch(line.dataset.status, { credentials: "same-origin" });
      const status = await answer.json();
      if (status.over) {
        location.reload();
        return;
      }
      line.textContent = status.words;
    } catch {
      line.textContent = "暂时看不到进展，正在重试";
    }
    setTimeout(look, 1000);
  };
  if (line) setTimeout(look, 500);
})();
