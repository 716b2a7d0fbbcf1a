/* What HTMX and the browser leave open. Every page works without this file. */
const status = document.getElementById("status");
const failure = document.getElementById("send-error");
const on = document.addEventListener.bind(document);

on("htmx:afterSettle", ({ target, detail }) => {
  if (detail.requestConfig.verb === "post" && detail.xhr.status < 400) restoreDrafts(target);
});

/* What was unfolded stays so, and the part that was used stays where it is. */
let used, top;
on("htmx:beforeSwap", ({ detail }) => {
  const opened = (tag, id) => document.getElementById(id)?.open ? `${tag} open` : tag;
  detail.serverResponse = detail.serverResponse.replace(/<details[^>]* id="([\w-]+)"/g, opened);
  used = detail.requestConfig.elt.closest("details[id]");
  top = used?.getBoundingClientRect().top;
});
on("htmx:afterSwap", () => {
  const place = document.getElementById(used?.id);
  if (place) scrollBy(0, place.getBoundingClientRect().top - top);
});

/* A file that has become ready is fetched. */
on("htmx:load", ({ detail }) => detail.elt.querySelector("[data-fetch]")?.click());

/* In a question digits choose, Enter continues, Backspace goes back. */
on("keydown", (event) => {
  const form = event.target.closest("form[data-question]");
  if (!form || event.target.matches("textarea, select, input:not([type=radio])")) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const choice = form.querySelectorAll("[type=radio]")[event.key - 1];
  if (choice) {
    choice.click();
    choice.focus();
  } else if (event.key === "Enter" && event.target.matches("h1, #errors")) {
    form.requestSubmit();
  } else if (event.key === "Backspace") {
    form.querySelector("[data-back]")?.click();
  } else {
    return;
  }
  event.preventDefault();
});

/* A note unfolds with the cursor in it. */
on("toggle", ({ target }) => {
  if (target.matches(".note[open]:focus-within")) target.querySelector("textarea").focus();
}, true);

/* What is entered in a form is kept in this browser until it is sent, with the form's revision:
   the server notices what others saved in between. */
const drafts = (() => { try { return localStorage; } catch { return {}; } })();
const draftOf = (form) => `draft:${form.getAttribute("action")}`;
const isEntered = ([name]) => !/^csrf|^return_to/.test(name);
const entered = (form) => JSON.stringify([...new FormData(form)].filter(isEntered));
const shown = new WeakMap();

on("click", ({ target }) => {
  /* The clipboard's own interface needs HTTPS. */
  const button = target.closest("[data-copy]");
  if (button) {
    document.getElementById(button.dataset.copy).select();
    document.execCommand("copy");
    button.lastElementChild.textContent = status.textContent = "Copied";
  } else if (target.closest("[data-discard]")) {
    delete drafts[draftOf(target.form)];
    location.reload();
  }
});

function keepDraft(form) {
  const isNew = entered(form) !== shown.get(form);
  if (isNew) drafts[draftOf(form)] = entered(form);
  else delete drafts[draftOf(form)];
  form.querySelector("[data-kept]").hidden = !isNew;
}

function restoreDrafts(part) {
  for (const form of part.querySelectorAll("form[data-draft]")) {
    shown.set(form, entered(form));
    const draft = drafts[draftOf(form)];
    if (!draft) continue;
    for (const [name, value] of JSON.parse(draft)) {
      const field = form.elements[name];
      if (!field || field.value === value) continue;
      field.value = value;
      field.dispatchEvent?.(new Event("input", { bubbles: true }));
      field.closest?.("details")?.setAttribute("open", "");
    }
    keepDraft(form);
    status.textContent = "What you entered here before is back. It is not saved yet.";
  }
}

on("input", ({ target }) => {
  /* A slider and its number field show the same value. */
  for (const input of target.closest("[data-pair]")?.querySelectorAll("input") ?? []) {
    if (input !== target) input.value = target.value;
  }
  if (target.closest("form[data-draft]")) keepDraft(target.form);
  if (target.dataset.limit) count(target);
});

/* How many characters still fit. */
function count({ value, dataset, parentElement }) {
  const left = dataset.limit - [...value].length;
  const counter = parentElement.querySelector(".counter");
  if (!counter) return;
  counter.classList.toggle("error", left < 0);
  counter.textContent = left < 0 ? `${-left} characters too many`
    : left < dataset.limit / 5 ? `${left} characters left` : "";
}

/* Where sending fails, the page keeps what was entered, says so, and sends it again: by a click
   on its button, whose name and address HTMX adds only then. */
let unsent;

function warn(text) {
  if (failure.textContent !== text) failure.textContent = text;
  failure.hidden = false;
}

const buttonOf = ({ detail }) => detail.requestConfig.triggeringEvent?.submitter;
const send = ({ form, button }) => button ? button.click() : form.requestSubmit();
const resend = () => unsent?.form.isConnected && send(unsent);

function keep(event) {
  const form = event.target.closest("form");
  if (form) unsent = { form, button: buttonOf(event) };
  const next = form ? "What you entered is kept on this page and is sent again by itself." : "Try again in a moment.";
  warn(`The server can’t be reached. ${next}`);
  setTimeout(resend, 5000);
}

on("htmx:sendError", keep);
on("htmx:timeout", keep);
addEventListener("online", resend);
addEventListener("beforeunload", (event) => {
  if (unsent?.form.isConnected) event.preventDefault();
});

on("htmx:beforeOnLoad", ({ target, detail }) => {
  const form = target.closest("form");
  if (!form || detail.xhr.status > 501) return;
  if (detail.xhr.status < 400) delete drafts[draftOf(form)];
  unsent = null;
  failure.hidden = true;
});

on("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  const form = event.target.closest("form");
  if ([502, 503, 504].includes(xhr.status)) return keep(event);
  /* Its token expired: the answer brings a fresh one. */
  const token = xhr.getResponseHeader("Form-Token");
  if (token && form && !form.dataset.renewed) {
    form.dataset.renewed = "once";
    form.elements.csrfmiddlewaretoken.value = token;
    return setTimeout(send, 0, { form, button: buttonOf(event) });
  }
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const reason = page.querySelector("main .lead")?.textContent
    ?? `The server could not do that (error ${xhr.status}).`;
  warn(form ? `${reason} What you entered is still on this page.` : reason);
});

restoreDrafts(document);
