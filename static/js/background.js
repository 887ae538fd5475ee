// Long actions: their forms say what is going on and let the work run in the background, their
// page tells how far it is and shows the result when it is there.
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-background]")) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "background";
    field.value = "1";
    form.append(field);
  }
  for (const form of document.querySelectorAll("form[data-waiting]")) {
    form.addEventListener("submit", () => {
      const hint = form.querySelector("[role=status]");
      hint.textContent = form.dataset.waiting;
      hint.hidden = false;
    });
  }

  const job = document.querySelector("[data-job]");
  if (!job) return;
  const words = job.querySelector("[role=status]");
  const bar = job.querySelector("progress");
  const count = job.querySelector("[data-count]");
  const show = (status) => {
    // Only what is new is said aloud.
    if (words.textContent !== status.words) words.textContent = status.words;
    count.hidden = !status.total;
    if (!status.total) {
      bar.removeAttribute("value");
      return;
    }
    bar.max = status.total;
    bar.value = status.done;
    count.textContent = `已完成${status.done}，共${status.total}`;
  };
  const look = async () => {
    try {
      const answer = await fetch(job.dataset.job, { redirect: "manual" });
      // Logged out meanwhile, or a day later: the page itself says what to do.
      if (answer.type === "opaqueredirect" || answer.status === 404) return location.reload();
      const status = await answer.json();
      if (status.over) return location.reload();
      show(status);
    } catch {
      words.textContent = "暂时看不到进展，正在重试";
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 500);
})();
