// What was typed outlives the end of a log-in: kept in this window, for this account and page,
// filled in again after the next log-in, forgotten when somebody logs out. What is sent is kept until
// the next page: if that one asks to log in, or has no account for another reason, it was not taken.
"use strict";

(() => {
  const KEPT = "kept:";
  const SENT = "sent:";
  let store;
  try {
    store = window.sessionStorage;
  } catch {
    return; // Storage is forbidden: the page works on, only without this comfort.
  }
  const keys = (prefix) => Object.keys(store).filter((each) => each.startsWith(prefix));
  const forget = (those) => { for (const key of those) store.removeItem(key); };

  const { account } = document.body.dataset;
  if (!account) {
    for (const key of keys(SENT)) {
      store.setItem(KEPT + key.slice(SENT.length), store.getItem(key));
      store.removeItem(key);
    }
    return;
  }
  forget(keys(SENT));
  forget(keys(KEPT).filter((key) => !key.startsWith(`${KEPT}${account}:`)));

  const forms = [...document.querySelectorAll("form[data-guard]")];
  const keyOf = (form) =>
    `${account}:${window.location.pathname}${window.location.search}:${forms.indexOf(form)}`;

  // [name, how many of that name stand before it, control]
  const controls = (form) => {
    const seen = new Map();
    return [...form.elements]
      .filter((each) => each.name && !["hidden", "password", "file", "submit", "button"].includes(each.type))
      .map((each) => {
        const before = seen.get(each.name) ?? 0;
        seen.set(each.name, before + 1);
        return [each.name, before, each];
      });
  };
  const isTicked = (control) => ["checkbox", "radio"].includes(control.type);
  const valueOf = (control) => {
    if (isTicked(control)) return control.checked;
    if (control.type === "select-multiple") return [...control.selectedOptions].map((each) => each.value);
    return control.value;
  };
  const fill = (control, value) => {
    if (isTicked(control)) control.checked = value;
    else if (control.type === "select-multiple") {
      for (const each of control.options) each.selected = value.includes(each.value);
    } else control.value = value;
    for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  const fillAgain = (form) => {
    const kept = JSON.parse(store.getItem(KEPT + keyOf(form)));
    store.removeItem(KEPT + keyOf(form));
    const without = [];
    for (const [name, before, value] of kept) {
      const found = controls(form).find((each) => each[0] === name && each[1] === before);
      if (!found) {
        if (typeof value === "string" && value) without.push(value);
      } else if (!same(valueOf(found[2]), value)) fill(found[2], value);
    }
    const notice = document.createElement("div");
    notice.className = "message kept";
    notice.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = "登录结束前没有保存的内容已经填回，请核对后保存。";
    notice.append(words);
    if (without.length) {
      const more = document.createElement("p");
      more.textContent = `没有对应栏目的：${without.join("；")}`;
      notice.append(more);
    }
    form.prepend(notice);
  };

  const keep = (form, prefix) => {
    const values = controls(form).map(([name, before, control]) => [name, before, valueOf(control)]);
    try {
      store.setItem(prefix + keyOf(form), JSON.stringify(values));
    } catch {
      // Storage is full.
    }
  };
  for (const form of forms) {
    if (store.getItem(KEPT + keyOf(form))) fillAgain(form);
    // The server may have ended the log-in meanwhile.
    form.addEventListener("submit", () => { keep(form, SENT); });
  }
  document.addEventListener("log-in-ends", () => {
    for (const form of forms) if ("changed" in form.dataset) keep(form, KEPT);
  });
  document.querySelector("form[data-log-out]")?.addEventListener("submit", () => {
    forget([...keys(KEPT), ...keys(SENT)]);
  });
})();
