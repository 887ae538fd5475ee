// The desk: the line is read while it is typed, a visit is saved without leaving the page, and
// nothing typed is lost. Without this script the same form is sent and comes back as a page.
//
// Drafts lie in this browser under the user's and the day's key until the server has confirmed
// the save, seven days at most. Empty ones are not kept, so that nothing is left after a log-out
// in the ordinary way; what somebody else left unsaved is never shown to the next user.
"use strict";

(() => {
  const desk = document.querySelector("[data-desk]");
  const place = desk.querySelector("[data-form]");
  if (!place) return;
  const said = desk.querySelector("[data-said]");
  const restored = desk.querySelector("[data-restored]");
  const key = desk.dataset.draft;
  const PAUSE = 150;
  const LONGEST = 7 * 24 * 3600 * 1000;
  const FIELDS = "input:not([type=hidden]), select, textarea";
  const OFFLINE = "网络断开，内容已保存在本机，恢复后再按保存。";

  const form = () => place.querySelector("form");
  const line = () => form().elements.line;
  const tell = (html, kind = "warning") => {
    said.innerHTML = html ? `<p class="message ${kind}">${html}</p>` : "";
  };
  const tellLoggedOut = () => {
    tell(`登录已过期，内容已保存在本机。<a href="${desk.dataset.logIn}">重新登录</a>后回到这里继续。`);
  };
  const tellRefused = (status) => {
    tell(status === 403
      ? "页面已过期，内容已保存在本机。<a href=\"\">重新打开本页</a>后再按保存。"
      : "服务器没有保存，内容已保存在本机，请稍后再按保存。");
  };

  // Drafts

  const fields = () => [...form().elements].filter(
    (field) => field.name && field.type !== "submit" && field.name !== "csrfmiddlewaretoken",
  );
  const isTyped = (field) => field.matches(FIELDS) && !field.matches("[type=checkbox]")
    && field.value !== (field.name === "persons" ? "1" : field.name === "channel" ? "in_person" : "");
  let discarded = false;
  const keep = () => {
    // An answer may still come in while the page is on its way out.
    if (discarded) return;
    if (!fields().some(isTyped)) {
      localStorage.removeItem(key);
      return;
    }
    const values = fields().map((field) => [
      field.name,
      field.type === "checkbox" ? `${field.value}:${field.checked}` : field.value,
    ]);
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    } catch {
      // Storage is full or forbidden: the page works on, only without a draft.
    }
  };
  const dropOld = () => {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith("desk:"))) {
      let at = 0;
      try {
        ({ at } = JSON.parse(localStorage.getItem(name)));
      } catch {
        // Not written by this page as it is now.
      }
      if (!(Date.now() - at < LONGEST)) localStorage.removeItem(name);
    }
  };
  const restore = () => {
    const draft = localStorage.getItem(key);
    if (!draft || fields().some(isTyped)) return;
    const { values } = JSON.parse(draft);
    const total = values.find(([name]) => name === "items-TOTAL_FORMS");
    showRows(Number(total[1]));
    for (const [name, value] of values) {
      const same = fields().filter((field) => field.name === name);
      for (const field of same) {
        if (field.type !== "checkbox") field.value = value;
        else if (value.startsWith(`${field.value}:`)) field.checked = value.endsWith(":true");
      }
    }
    restored.hidden = false;
    line().setSelectionRange(line().value.length, line().value.length);
    read();
  };
  restored.querySelector("[data-discard]").addEventListener("click", () => {
    discarded = true;
    localStorage.removeItem(key);
    window.location.assign(window.location.pathname);
  });

  // Rows of items

  const rowsShown = () => [...place.querySelectorAll("[data-rows] > .item-row")];
  const addRow = () => {
    const total = form().elements["items-TOTAL_FORMS"];
    const template = place.querySelector("[data-rows] > template");
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    const row = holder.firstElementChild;
    template.before(row);
    return row;
  };
  function showRows(wanted) {
    while (rowsShown().length < wanted) addRow();
    for (const row of rowsShown().slice(wanted).reverse()) {
      if ("asked" in row.dataset || row.contains(document.activeElement)) break;
      row.remove();
      form().elements["items-TOTAL_FORMS"].value = rowsShown().length;
    }
  }

  // Reading the line

  let waiting = 0;
  let asked = null;
  async function read() {
    clearTimeout(waiting);
    asked?.abort();
    asked = new AbortController();
    const body = new FormData(form());
    try {
      const answer = await fetch(desk.dataset.parse, {
        method: "POST", body, signal: asked.signal, redirect: "manual",
      });
      if (answer.type === "opaqueredirect") return tellLoggedOut();
      if (!answer.ok) return tellRefused(answer.status);
      const found = await answer.json();
      fill(found, body);
      return found;
    } catch (error) {
      if (error.name !== "AbortError") tell(OFFLINE);
    }
    return null;
  }
  function fill(found, sent) {
    showRows(found.rows);
    for (const [name, value] of Object.entries(found.values)) {
      const field = form().elements[name];
      // What was typed while the answer was on its way stays.
      if (field && field.value === (sent.get(name) ?? "").replaceAll("\r\n", "\n")) {
        if (field.value !== value) field.value = value;
      } else if (field && !sent.has(name)) {
        field.value = value;
      }
    }
    form().elements.filled.value = found.filled;
    place.querySelector(".reading").innerHTML = found.read;
    if (said.textContent === OFFLINE) tell("");
    keep();
  }
  place.addEventListener("input", () => {
    keep();
    clearTimeout(waiting);
    waiting = setTimeout(read, PAUSE);
  });

  // Saving

  let busy = false;
  place.addEventListener("submit", async (event) => {
    if (event.submitter?.name) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    clearTimeout(waiting);
    asked?.abort();
    keep();
    try {
      const answer = await fetch(form().action, {
        method: "POST",
        body: new FormData(form()),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect") tellLoggedOut();
      else if (answer.ok) show(await answer.json());
      else tellRefused(answer.status);
    } catch {
      tell(OFFLINE);
    } finally {
      busy = false;
      delete form().dataset.sent;
    }
  });
  function show(answer) {
    const token = form().elements.submission.value;
    place.innerHTML = answer.form;
    desk.querySelector("[data-visits]").innerHTML = answer.visits;
    tell(answer.said, answer.saved ? "success" : "warning");
    if (answer.saved && answer.saved === token) {
      localStorage.removeItem(key);
      restored.hidden = true;
      line().focus();
      window.scrollTo(0, 0);
    } else {
      keep();
      const problem = place.querySelector(".error-summary, [role=alert]");
      problem?.scrollIntoView({ block: "nearest" });
      (place.querySelector(".is-invalid") ?? line()).focus({ preventScroll: Boolean(problem) });
      line().setSelectionRange(line().value.length, line().value.length);
    }
  }

  // Keys

  place.addEventListener("click", (event) => {
    if (!event.target.matches("[data-more]")) return;
    event.preventDefault();
    const row = addRow();
    row.dataset.asked = "";
    row.querySelector(FIELDS).focus();
  });
  const NUMBER_ONLY = /^\s*(https?:\/\/\S+\/)?\d{4}-\d{3,}\/?\s*$/;
  place.addEventListener("keydown", async (event) => {
    if (event.altKey && /^[1-9]$/.test(event.key)) {
      const box = place.querySelectorAll("[name=received_by]")[Number(event.key) - 1];
      if (box) {
        event.preventDefault();
        box.click();
      }
      return;
    }
    if (event.key !== "Enter" || event.ctrlKey || event.isComposing) return;
    if (event.target === line() && NUMBER_ONLY.test(line().value)) {
      event.preventDefault();
      const found = await read();
      if (found?.visit) {
        localStorage.removeItem(key);
        window.location.assign(found.visit);
      } else if (found && line().value.trim()) {
        line().value = `${line().value.trim()} `;
      }
      return;
    }
    if (!event.target.matches("input:not([type=hidden]), select")) return;
    event.preventDefault();
    const places = [...form().querySelectorAll(`${FIELDS}, [data-more], .form-actions button`)]
      .filter((each) => !each.disabled);
    places[places.indexOf(event.target) + 1]?.focus();
  });

  dropOld();
  restore();
  line().focus();
})();
