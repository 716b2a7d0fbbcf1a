/* The contents of a result: what a link leads to is opened, what is being read is marked. */
const all = (selector) => [...document.querySelectorAll(`#contents ${selector}`)];
let followed;

function top({ hash }) {
  const part = document.querySelector(hash);
  return (part.closest("details") ?? part).getBoundingClientRect().top;
}

/* The last part that begins in the upper third, unless a link was just followed. */
function mark() {
  const links = all("details a");
  const read = links.find(({ hash }) => hash === followed)
    ?? links.findLast((link) => top(link) < innerHeight / 3) ?? links[0];
  for (const link of all("a")) link.ariaCurrent = link.hash === read.hash ? "true" : null;
  all("[data-here]")[0].textContent = read.textContent;
}

function follow() {
  const target = document.querySelector(":target");
  if (!target) return;
  all("details")[0].open = false;
  for (let part = target; (part = part.closest("details")); part = part.parentElement) part.open = true;
  target.scrollIntoView();
  followed = location.hash;
  mark();
}

follow();
addEventListener("load", mark);
addEventListener("htmx:afterSettle", mark);
addEventListener("scroll", mark, { passive: true });
addEventListener("click", ({ target }) => {
  if (target.closest("a[href*='#']")) setTimeout(follow);
});
for (const kind of ["wheel", "touchmove", "keydown"]) {
  addEventListener(kind, () => { followed = null; }, { passive: true });
}
