// What is typed into a long form (one with a text area, or data-keeps-draft) waits in the browser's tab until it has been taken: a session
// that ended, a page left by mistake, a refusal lose nothing. Never passwords, files, nor a form or field that says
// autocomplete="off". On the pages of somebody who has signed in only; signing out forgets everything.

const person = document.body.dataset.person;
const MINE = `draft:${person}:`;
const KEPT = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])";

const keyOf = (form) => `${MINE}${location.pathname}#${longForms().indexOf(form)}`;
const longForms = () =>
  [...document.querySelectorAll("form[method=post]")].filter(
    (form) =>
      (form.querySelector("textarea:not([readonly])") || form.hasAttribute("data-keeps-draft")) &&
      form.autocomplete !== "off",
  );
const fieldsOf = (form) =>
  [...form.querySelectorAll(KEPT)].filter((field) => field.name && field.autocomplete !== "off");
const read = (key) => JSON.parse(sessionStorage.getItem(key));
const keep = (key, draft) => sessionStorage.setItem(key, JSON.stringify(draft));
const mine = () => Object.keys(sessionStorage).filter((key) => key.startsWith(MINE));

// [name, what is chosen or typed] of each field, in the order of the page.
const valuesOf = (form) =>
  fieldsOf(form).map((field) => {
    if (field.type === "checkbox" || field.type === "radio") return [field.name, field.checked];
    if (field.multiple) return [field.name, [...field.selectedOptions].map((option) => option.value)];
    return [field.name, field.value];
  });

function restore(form, values) {
  // The server may have put a field before others meanwhile: each takes the next value of its own name.
  const left = new Map();
  for (const [name, value] of values) left.set(name, [...(left.get(name) ?? []), value]);
  for (const field of fieldsOf(form)) {
    if (!left.get(field.name)?.length) continue;
    const value = left.get(field.name).shift();
    if (field.type === "checkbox" || field.type === "radio") field.checked = value;
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offer(form, values) {
  const box = document.getElementById("draft-offer").content.firstElementChild.cloneNode(true);
  form.before(box);
  box.querySelector("[value=restore]").addEventListener("click", () => {
    restore(form, values);
    box.remove();
    fieldsOf(form)[0].focus();
  });
  box.querySelector("[value=drop]").addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    box.remove();
  });
}

if (person) {
  const refused = document.querySelector(".error-summary") !== null;
  for (const key of mine()) {
    const { path, sent } = read(key);
    if (refused && path === location.pathname) keep(key, { ...read(key), sent: false });
    // The form led to another page of the work area: it was taken.
    if (sent && path !== location.pathname) sessionStorage.removeItem(key);
  }
  for (const form of longForms()) {
    const draft = read(keyOf(form));
    if (draft && JSON.stringify(draft.values) !== JSON.stringify(valuesOf(form))) offer(form, draft.values);
  }

  // A closed tab keeps no draft: leaving asks, while something differs from what is stored.
  const stored = new Map(longForms().map((form) => [form, refused ? "" : JSON.stringify(valuesOf(form))]));
  let sends = false;
  addEventListener("beforeunload", (event) => {
    if (sends || ![...stored].some(([form, values]) => JSON.stringify(valuesOf(form)) !== values)) return;
    event.preventDefault();
    event.returnValue = true; // what older browsers look at
  });
  addEventListener("pageshow", () => (sends = false)); // back from where it was sent

  document.addEventListener("input", ({ target: { form } }) => {
    if (form && longForms().includes(form)) {
      keep(keyOf(form), { path: location.pathname, values: valuesOf(form), sent: false });
    }
  });

  document.addEventListener("submit", ({ target: form }) => {
    sends = true;
    if (form.hasAttribute("data-forgets-drafts")) mine().forEach((key) => sessionStorage.removeItem(key));
    else if (longForms().includes(form)) {
      keep(keyOf(form), { path: location.pathname, values: valuesOf(form), sent: true });
    }
  });
} else {
  // The page for signing in, or one that says what is wrong: what was sent has not been taken.
  for (const key of Object.keys(sessionStorage).filter((key) => key.startsWith("draft:"))) {
    keep(key, { ...read(key), sent: false });
  }
}
