// The sign-in code on a screen in the room: fills the screen, and counts who has come.
"use strict";

(() => {
  const screen = document.querySelector("[data-screen]");
  const button = document.querySelector("[data-full-screen]");
  if (!screen) return;
  const LOOK_EVERY = 15000;
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => screen.requestFullscreen());

  const look = async () => {
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch(screen.dataset.marks, { redirect: "manual" });
        if (answer.ok) {
          document.dispatchEvent(new Event("in-use"));
          const { present, expected } = await answer.json();
          screen.querySelector("[data-present]").textContent = present;
          screen.querySelector("[data-expected]").textContent = expected;
        }
      } catch {
        // Without a connection the count stays; the next look may succeed.
      }
    }
    setTimeout(look, LOOK_EVERY);
  };
  setTimeout(look, LOOK_EVERY);
})();
