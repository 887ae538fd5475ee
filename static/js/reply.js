// A chosen template fills the answer at once; without this script the button does it.
"use strict";

(() => {
  const templates = JSON.parse(document.getElementById("reply-templates").textContent);
  const chosen = document.getElementById("id_template");
  const reply = document.getElementById("id_reply");
  const radios = [...document.querySelectorAll("[name=outcome]")];
  const texts = Object.values(templates).map((each) => each.text);

  const onlyFitting = () => {
    const outcome = radios.find((radio) => radio.checked)?.value;
    for (const option of chosen.querySelectorAll("option")) {
      const fits = !outcome || !templates[option.value] || templates[option.value].outcome === outcome;
      option.hidden = option.disabled = !fits;
    }
    for (const group of chosen.querySelectorAll("optgroup")) {
      group.hidden = [...group.children].every((option) => option.hidden);
    }
    if (chosen.selectedOptions[0]?.disabled) chosen.value = "";
  };

  document.querySelector("[data-use-template]").hidden = true;
  onlyFitting();
  for (const radio of radios) radio.addEventListener("change", onlyFitting);
  const fill = () => {
    const template = templates[chosen.value];
    if (!template) return;
    const typed = reply.value.trim();
    reply.value = typed && !texts.includes(typed) ? `${typed}\n${template.text}` : template.text;
    for (const radio of radios) radio.checked = radio.value === template.outcome;
    onlyFitting();
    reply.focus();
  };
  chosen.addEventListener("change", fill);
  // Chosen before this script was there, or kept by the browser when the page was loaded again.
  if (chosen.value && !reply.value.trim()) fill();
})();
