// Small comforts: the first field focused, Ctrl+Enter saves, what is typed is not lost by a
// stray click, a second click sends nothing.
"use strict";

(() => {
  const form = document.querySelector("form[data-guard]");
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

  if (form) {
    let changed = Boolean(summary) || "changed" in form.dataset;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  }
})();
