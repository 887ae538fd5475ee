// A log-in that nobody uses ends: a minute before, the page asks; then it leaves the screen. Use
// in one window counts in all of them. What was typed is kept (kept.js).
"use strict";

(() => {
  const { account, idle, stay } = document.body.dataset;
  if (!idle) return;
  const LONGEST = Number(idle) * 1000;
  const WARNED = 60 * 1000;
  const TOLD_EVERY = 60 * 1000;
  const SHARED = `log-in-used:${account}`;
  let used = Date.now();
  let told = used;
  let isOver = false;

  const share = () => {
    try {
      localStorage.setItem(SHARED, String(used));
    } catch {
      // Storage is forbidden: every window counts alone.
    }
  };
  const lastUse = () => {
    try {
      return Math.max(used, Number(localStorage.getItem(SHARED)));
    } catch {
      return used;
    }
  };
  const send = (fields) => {
    const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ csrfmiddlewaretoken, ...fields });
    return fetch(stay, { method: "POST", body, redirect: "manual" });
  };
  const keepOn = async () => {
    told = Date.now();
    share();
    try {
      const answer = await send({});
      if (answer.type === "opaqueredirect") await end();
    } catch {
      // No network: the next use tries again.
    }
  };
  const end = async () => {
    if (isOver) return;
    isOver = true;
    document.dispatchEvent(new Event("log-in-ends"));
    // Nothing holds the page any more.
    for (const form of document.querySelectorAll("form[data-changed]")) delete form.dataset.changed;
    try {
      const answer = await send({ end: window.location.pathname + window.location.search });
      window.location.replace((await answer.json()).log_in);
    } catch {
      window.location.reload();
    }
  };

  const dialog = document.createElement("dialog");
  const words = document.createElement("p");
  const button = document.createElement("button");
  dialog.className = "stay";
  dialog.setAttribute("aria-labelledby", "stay-words");
  words.id = "stay-words";
  words.textContent = "很久没有操作，1分钟后自动退出。写了一半的内容不会丢。";
  button.type = "button";
  button.className = "btn btn-primary";
  button.textContent = "继续使用";
  dialog.append(words, button);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (isOver || "elsewhere" in dialog.dataset) return;
    used = Date.now();
    keepOn();
  });
  button.addEventListener("click", () => dialog.close());

  for (const kind of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(kind, () => { if (!dialog.open) used = Date.now(); });
  }
  // Pages that work without being touched say so, such as the sign-in code on the wall.
  document.addEventListener("in-use", () => { used = Date.now(); });

  share();
  setInterval(() => {
    if (isOver) return;
    const left = LONGEST - (Date.now() - lastUse());
    if (left <= 0) {
      end();
    } else if (left <= WARNED) {
      if (!dialog.open) {
        delete dialog.dataset.elsewhere;
        document.body.append(dialog);
        dialog.showModal();
      }
    } else if (dialog.open) {
      dialog.dataset.elsewhere = "";
      dialog.close();
    } else if (used > told && Date.now() - told >= TOLD_EVERY) {
      keepOn();
    }
  }, 1000);
})();
