/* What HTMX and the browser leave open. Every page works without this file. */
const status = document.getElementById("status");
const trouble = document.getElementById("trouble");
const typing = (element) => element.matches("textarea, select, input:not([type=radio])");
const questionForm = () => document.querySelector("form[data-question]");

/* After a swap: the title, the focus and the announcement that a full page load would give. */
function arrive() {
  const page = document.querySelector("[data-title]");
  if (!page) return;
  document.title = page.dataset.title;
  const target = document.getElementById("errors") ?? page.querySelector("h1");
  target?.focus({ preventScroll: true });
  status.textContent = page.dataset.status ?? "";
  trouble.hidden = true;
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id === "wizard" || event.target.id === "wizard") arrive();
});

if (document.activeElement === document.body && !location.hash) {
  (document.getElementById("errors") ?? questionForm()?.querySelector("h1"))?.focus({ preventScroll: true });
}

/* Keys of a question, while the focus is inside it: digits choose, Enter continues, Backspace goes back. */
document.addEventListener("keydown", (event) => {
  const form = event.target.closest("form[data-question]");
  if (!form || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const choice = form.querySelectorAll("[type=radio]")[event.key - 1];
  if (choice) {
    choice.checked = true;
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
document.addEventListener("toggle", (event) => {
  if (event.target.matches("details.note[open]") && event.target.contains(document.activeElement)) {
    event.target.querySelector("textarea").focus();
  }
}, true);

/* Copy buttons: the field they belong to is named by data-copy. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  const label = button.lastElementChild;
  label.textContent = status.textContent = "Copied";
  setTimeout(() => { label.textContent = "Copy"; }, 2000);
});

/* A slider and its number field show the same value; the number field is what is sent. */
document.addEventListener("input", (event) => {
  const pair = event.target.closest("[data-pair]");
  if (!pair) return;
  for (const input of pair.querySelectorAll("input")) {
    if (input !== event.target) input.value = event.target.value;
  }
});

/* Where saving fails, the page keeps the answer, says so, and sends it again. */
let unsent = null;

function tell(text) {
  trouble.textContent = text;
  trouble.hidden = false;
}

function resend() {
  if (unsent?.isConnected && navigator.onLine) unsent.requestSubmit();
}

function keep(event) {
  unsent = event.target.closest("form[method=post]");
  const kept = "Your answer is kept on this page and is sent again by itself. Leave the page open.";
  tell(`The server can’t be reached. ${unsent ? kept : "Try again in a moment."}`);
  setTimeout(resend, 5000);
}

document.addEventListener("htmx:sendError", keep);
addEventListener("online", resend);
addEventListener("beforeunload", (event) => {
  if (unsent?.isConnected) event.preventDefault();
});

/* A form token that has expired: fetch a fresh one and send the answer once more. */
const renewed = new WeakSet();
async function renew(form) {
  renewed.add(form);
  const page = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("form [name=csrfmiddlewaretoken]");
  if (!fresh) return false;
  form.elements.csrfmiddlewaretoken.value = fresh.value;
  form.requestSubmit();
  return true;
}

document.addEventListener("htmx:responseError", async (event) => {
  const form = event.target.closest("form[method=post]");
  const code = event.detail.xhr.status;
  if ([502, 503, 504].includes(code)) return keep(event);
  if (code === 403 && form && !renewed.has(form) && (await renew(form))) return;
  unsent = null;
  const still = form ? " What you entered is still on this page." : "";
  tell(code === 404
    ? `This browser may not change this assessment any more, or it is gone.${still} Its private edit link opens it again.`
    : `The server could not do that (error ${code}).${still} Try again in a moment.`);
});
