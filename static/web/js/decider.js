/* What HTMX and the browser leave open. Every page works without this file. */
const status = document.getElementById("status");
const failure = document.getElementById("send-error");
const on = document.addEventListener.bind(document);
const focus = (element) => element?.focus({ preventScroll: true });

/* After a swap: announcement; after a form was sent title and focus, as from a page load. */
on("htmx:afterSettle", ({ target, detail }) => {
  const told = target.matches("[data-status]") ? target : target.querySelector("[data-status]");
  status.textContent = told?.dataset.status ?? "";
  if (detail.requestConfig.verb !== "post") return;
  if (target.dataset.title) document.title = target.dataset.title;
  focus(target.querySelector("[tabindex='-1']:not(main)"));
  if (detail.successful) restoreDrafts(target);
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
  const place = used && document.getElementById(used.id);
  if (place) scrollBy(0, place.getBoundingClientRect().top - top);
});

if (document.activeElement === document.body && !location.hash) {
  focus(document.querySelector("#errors, [data-question] h1"));
}

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

/* A note grows into view with the cursor in it. */
on("toggle", (event) => {
  if (event.target.matches("details.note[open]") && event.target.contains(document.activeElement)) {
    event.target.querySelector("textarea").focus();
  }
}, true);

/* Copy buttons: data-copy names the field. */
on("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  button.lastElementChild.textContent = status.textContent = "Copied";
  setTimeout(() => { button.lastElementChild.textContent = "Copy"; }, 2000);
});

/* A slider and its number field show the same value; the latter is sent. */
on("input", (event) => {
  const pair = event.target.closest("[data-pair]");
  if (!pair) return;
  for (const input of pair.querySelectorAll("input")) {
    if (input !== event.target) input.value = event.target.value;
  }
});

/* What is entered in a form is kept in this browser until it is sent, with the form's revision:
   the server then notices what others saved in between. */
const drafts = (() => { try { return localStorage; } catch { return {}; } })();
const draftOf = (form) => `draft:${form.getAttribute("action")}`;
const isEntered = ([name]) => !["csrfmiddlewaretoken", "return_to"].includes(name);
const entered = (form) => JSON.stringify([...new FormData(form)].filter(isEntered));
const shown = new WeakMap();

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
  if (target.closest("form[data-draft]")) keepDraft(target.form);
});

on("click", ({ target }) => {
  if (!target.closest("[data-discard]")) return;
  delete drafts[draftOf(target.form)];
  location.reload();
});

restoreDrafts(document);

/* How many characters still fit: nothing is cut. */
on("input", ({ target }) => {
  const { limit } = target.dataset;
  if (!limit) return;
  const left = limit - [...target.value].length;
  const counter = target.parentElement.querySelector(".counter");
  counter.classList.toggle("error", left < 0);
  counter.textContent = left < 0 ? `${-left} characters too many`
    : left < limit / 5 ? `${left} characters left` : "";
});

/* Where sending fails, the page keeps what was entered, says so, and sends it again. */
let unsent = null;

function warn(text) {
  if (failure.textContent !== text) failure.textContent = text;
  failure.hidden = false;
}

/* A click, where a button sent it: HTMX adds the button's name and address only then. */
const button = (event) => event.detail.requestConfig.triggeringEvent?.submitter;
const send = (form, button) => button ? button.click() : form.requestSubmit();

function resend() {
  if (unsent?.form.isConnected && navigator.onLine) send(unsent.form, unsent.button);
}

function keep(event) {
  const form = event.target.closest("form");
  if (form) unsent = { form, button: button(event) };
  const kept = "What you entered is kept on this page and is sent again by itself. Leave the page open.";
  warn(`The server can’t be reached. ${form ? kept : "Try again in a moment."}`);
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

/* A form token that has expired: fetch a fresh one and send once more. */
const renewed = new WeakSet();
async function renew(form, button) {
  renewed.add(form);
  const page = await fetch(location.href).then((answer) => answer.text(), () => "");
  const token = page.match(/csrfmiddlewaretoken" value="(\w+)/)?.[1];
  if (!token) return false;
  form.elements.csrfmiddlewaretoken.value = token;
  send(form, button);
  return true;
}

const reasons = {
  403: "This page was open too long, or this browser refuses cookies: allow them and reload.",
  404: "This browser may not change this any more, or it is gone. Its private edit link opens it again.",
};

on("htmx:responseError", async (event) => {
  const code = event.detail.xhr.status;
  const form = event.target.closest("form");
  if ([502, 503, 504].includes(code)) return keep(event);
  if (code === 403 && form && !renewed.has(form) && (await renew(form, button(event)))) return;
  const reason = reasons[code] ?? `The server could not do that (error ${code}). Try again in a moment.`;
  warn(form ? `${reason} What you entered is still on this page.` : reason);
});
