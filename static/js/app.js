// Small comforts: the first field focused, Ctrl+Enter saves, what is typed is not lost by a
// stray click, a second click sends nothing.
"use strict";

(() => {
  const guarded = document.querySelectorAll("form[data-guard]");
  const summary = document.querySelector(".error-summary[autofocus]");
  const first = document.querySelector(
    ".record-form .fields :is(input, select, textarea):not([type=hidden]), .narrow-form input:not([type=hidden])",
  );
  (summary || first)?.focus();

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.target.closest("form[method=post]")?.requestSubmit();
    }
  });

  for (const sent of document.querySelectorAll("form[method=post]")) {
    sent.addEventListener("submit", (event) => {
      if (sent.dataset.sent) event.preventDefault();
      sent.dataset.sent = "1";
    });
  }
  // A page taken from the browser's memory may be sent again.
  window.addEventListener("pageshow", () => {
    for (const sent of document.querySelectorAll("form[data-sent]")) delete sent.dataset.sent;
  });

  // A page may hold several forms; sending one would lose what was typed into another. Which of
  // them hold something unsaved stands in the page (data-changed), for whoever has to know.
  for (const form of guarded) {
    const returned = guarded.length === 1 ? summary : summary && form.closest("details[open]");
    if (returned) form.dataset.changed = "";
    form.addEventListener("input", () => { form.dataset.changed = ""; });
    form.addEventListener("submit", () => { delete form.dataset.changed; });
  }
  if (guarded.length) {
    window.addEventListener("beforeunload", (event) => {
      if (document.querySelector("form[data-guard][data-changed]")) event.preventDefault();
    });
  }
})();
