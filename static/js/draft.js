// Drafting: each text is saved by itself a second after the last key, and when the cursor leaves
// it. Without this script each text has its button 保存 and comes back with the page.
//
// What is typed lies in this window under the user's, the report's and the place's name until the
// server has confirmed it: neither a log-out nor a broken line loses it.
"use strict";

(() => {
  const draft = document.querySelector("[data-draft]");
  if (!draft) return;
  const PAUSE = 1000;
  const AGAIN = 10_000;
  const LOGGED_OUT = "未保存：登录已过期，文字留在本机。";
  const OFFLINE = "未保存：网络断开，文字留在本机，恢复后自动再试。";
  const EXPIRED = "未保存：页面已过期，文字留在本机，请重新打开本页。";
  const FAILED = "未保存：服务器没有回应，文字留在本机，稍后自动再试。";

  class Text {
    constructor(form) {
      this.form = form;
      this.place = form.dataset.place;
      this.key = `${draft.dataset.draft}:${this.place}`;
      this.area = form.elements.text;
      this.version = form.elements.version;
      this.saved = this.area.value;
      this.isPassing = false;
      this.inConflict = Boolean(this.part("conflict").firstElementChild);
      this.theirs = null;
      this.busy = null;
      this.timer = 0;
      this.area.addEventListener("input", () => this.typed());
      this.area.addEventListener("blur", () => this.left());
      form.addEventListener("submit", (event) => this.pressed(event));
      if (!this.area.disabled) this.restore();
    }

    part(name) {
      return this.form.querySelector(`[data-${name}]`);
    }

    tell(words, state) {
      const said = this.part("said");
      if (said.textContent !== words) said.textContent = words;
      said.dataset.state = state;
    }

    get isChanged() {
      return this.area.value !== this.saved;
    }

    keep() {
      try {
        sessionStorage.setItem(
          this.key,
          JSON.stringify({ text: this.area.value, version: this.version.value }),
        );
      } catch {
        // Storage is full or forbidden: the page works on, only without a copy.
      }
    }

    forget() {
      sessionStorage.removeItem(this.key);
    }

    restore() {
      const kept = JSON.parse(sessionStorage.getItem(this.key) || "null");
      if (!kept || this.inConflict) return;
      if (kept.text === this.area.value) {
        this.forget();
        return;
      }
      this.area.value = kept.text;
      this.version.value = kept.version;
      this.save("save");
    }

    typed() {
      this.keep();
      this.tell(this.inConflict ? "冲突" : "未保存", this.inConflict ? "conflict" : "unsaved");
      this.later(PAUSE, true);
    }

    later(pause, isPassing) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save("save", isPassing), pause);
    }

    left() {
      if (this.isChanged || this.isPassing) this.save("save");
    }

    // Before the page goes: what the answer says is no longer heard.
    leave() {
      if (!this.isChanged || this.inConflict || this.busy) return;
      fetch(this.form.action, { ...this.request("save", false), keepalive: true }).catch(() => {});
    }

    request(what, isPassing) {
      const body = new FormData(this.form);
      body.set("do", what);
      if (isPassing) body.set("passing", "on");
      return { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" };
    }

    pressed(event) {
      const what = event.submitter?.value || "save";
      event.preventDefault();
      delete this.form.dataset.sent;
      if (what === "theirs") this.takeTheirs();
      else if (what === "both") this.takeBoth();
      else {
        this.endConflict();
        this.save(what);
      }
    }

    takeTheirs() {
      if (this.theirs === null) {
        window.location.reload();
        return;
      }
      this.area.value = this.theirs;
      this.saved = this.theirs;
      this.forget();
      this.endConflict();
      this.tell("已改用他人保存的文字", "saved");
    }

    takeBoth() {
      const theirs = this.theirs ?? "";
      this.area.value = [theirs, this.area.value].filter(Boolean).join("\n");
      this.keep();
      this.endConflict();
      this.save("save");
    }

    endConflict() {
      this.inConflict = false;
      this.part("conflict").replaceChildren();
    }

    async save(what, isPassing = false) {
      clearTimeout(this.timer);
      if (this.inConflict) return;
      if (this.busy) {
        await this.busy;
        if (what === "save" && !this.isChanged && !this.isPassing) return;
      }
      this.busy = this.send(what, isPassing);
      await this.busy;
      this.busy = null;
    }

    async send(what, isPassing) {
      const sent = this.area.value;
      if (what === "save" && sent !== this.saved) this.keep();
      let answer;
      try {
        answer = await fetch(this.form.action, this.request(what, isPassing));
      } catch {
        this.tell(OFFLINE, "unsaved");
        this.later(AGAIN, false);
        return;
      }
      if (answer.type === "opaqueredirect") this.tellLoggedOut();
      else if (answer.status === 403) this.tell(EXPIRED, "unsaved");
      else if (answer.status === 409) this.disagree(await answer.json());
      else if (answer.status === 422) this.tell((await answer.json()).said, "unsaved");
      else if (!answer.ok) {
        this.tell(FAILED, "unsaved");
        this.later(AGAIN, false);
      } else this.confirm(await answer.json(), what, sent, isPassing);
    }

    tellLoggedOut() {
      this.tell(LOGGED_OUT, "unsaved");
      const link = document.createElement("a");
      link.href = draft.dataset.logIn;
      link.textContent = "重新登录";
      this.part("said").append(link);
    }

    confirm(answer, what, sent, isPassing) {
      this.version.value = answer.version;
      this.isPassing = isPassing;
      const untouched = this.area.value === sent;
      // While somebody types, the text under the cursor stays as it is typed.
      if (untouched && !isPassing && this.area.value !== answer.text) this.area.value = answer.text;
      this.saved = untouched ? this.area.value : sent;
      if (untouched) {
        this.forget();
        this.tell(answer.said, "saved");
      } else this.keep();
      this.part("origin").textContent = answer.origin;
      this.part("emptying")?.toggleAttribute("hidden", !answer.text);
      if (what === "empty") this.part("emptying").open = false;
      if (!isPassing) this.showCorrections(answer);
      if (answer.next && !document.getElementById(answer.next)) addPlace(answer.next, this.form);
    }

    showCorrections(answer) {
      const holder = this.part("changes");
      holder.innerHTML = answer.changes;
      holder.querySelector("button")?.addEventListener("click", () => {
        this.area.value = answer.typed;
      });
    }

    disagree(answer) {
      this.inConflict = true;
      this.theirs = answer.theirs;
      this.version.value = answer.version;
      this.keep();
      this.part("conflict").innerHTML = answer.html;
      this.tell("冲突", "conflict");
    }
  }

  const texts = new Map();
  const start = (form) => texts.set(form.dataset.place, new Text(form));

  // A series goes on: the next free place comes as a new page shows it.
  async function addPlace(place, after) {
    try {
      const answer = await fetch(window.location.pathname, { redirect: "manual" });
      if (!answer.ok || document.getElementById(place)) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const form = page.getElementById(place);
      if (!form) return;
      after.after(form);
      start(form);
    } catch {
      // It comes when the page is opened again.
    }
  }

  draft.querySelectorAll("form[data-place]").forEach(start);
  window.addEventListener("online", () => {
    for (const text of texts.values()) if (text.isChanged) text.save("save");
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") for (const text of texts.values()) text.leave();
  });
})();
