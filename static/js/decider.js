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

/* Where saving fails, the page keeps the answer and says so; it is sent when the network is back. */
function report(text) {
  trouble.textContent = text;
  trouble.hidden = false;
}

let unsent = null;
document.addEventListener("htmx:sendError", (event) => {
  unsent = event.target.closest("form");
  report(unsent
    ? "No connection. Your answer is kept on this page and is saved as soon as the connection is back."
    : "No connection. Try again when it is back.");
});

addEventListener("online", () => {
  trouble.hidden = true;
  if (unsent?.isConnected) unsent.requestSubmit();
  unsent = null;
});

/* A form token that has expired: fetch a fresh one and send the answer once more. */
const renewed = new WeakSet();
document.addEventListener("htmx:responseError", async (event) => {
  const form = event.target.closest("form");
  const { status: code } = event.detail.xhr;
  if (code === 403 && form && !renewed.has(form)) {
    renewed.add(form);
    const page = await fetch(location.href).then((response) => response.text());
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]");
    if (fresh) {
      form.querySelector("[name=csrfmiddlewaretoken]").value = fresh.value;
      form.requestSubmit();
      return;
    }
  }
  report(`The server could not do that (error ${code}). Your answer is still on this page: try again in a moment.`);
});
