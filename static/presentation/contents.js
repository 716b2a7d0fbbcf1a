/* The contents of a result: what a link leads to is opened, what is being read is marked. */
let links, fold, here, parts, reading;
let followed = false;

function mark(hash) {
  for (const link of links) {
    if (link.hash === hash) {
      link.setAttribute("aria-current", "true");
      here.textContent = link.textContent;
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

function follow() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!target) return;
  fold.open = false;
  let closed = false;
  for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) {
    if (parts.has(part)) mark(parts.get(part));
    closed ||= !part.open;
    part.open = true;
  }
  if (parts.has(target)) mark(parts.get(target));
  followed = true;
  if (closed) target.scrollIntoView();
}

addEventListener("hashchange", follow);
addEventListener("click", (event) => {
  if (event.target.closest?.("a")?.hash === location.hash) follow();
});

/* The part that crosses a line in the upper third, unless a link was just followed to another. */
const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) reading = parts.get(target);
  }
  if (!followed) mark(reading);
}, { rootMargin: "-30% 0% -69% 0%" });

function start() {
  const contents = document.querySelector("[data-contents]");
  links = [...contents.querySelectorAll("a")];
  fold = contents.querySelector("details");
  here = contents.querySelector("[data-here]");
  parts = new Map(links.map(({ hash }) => {
    const part = document.getElementById(hash.slice(1));
    return [part.closest("details") ?? part, hash];
  }));
  reading = links[0].hash;
  mark(reading);
  observer.disconnect();
  for (const part of parts.keys()) observer.observe(part);
}

start();
follow();
addEventListener("htmx:afterSettle", start);

for (const kind of ["wheel", "touchmove", "keydown"]) {
  addEventListener(kind, () => {
    followed = false;
    mark(reading);
  }, { passive: true });
}

/* Printed is everything. */
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  for (const part of unfolded) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of unfolded) part.open = false;
});
