// Replies: words selected in a text are what a reply is about, and a counter of characters. Without this script sentences are chosen by buttons.
"use strict";

const points = (text) => [...text].length;

// Where a selection stands in the report's text, in code points: the nearest element around it says where its own text begins.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const parent = range.commonAncestorContainer;
  const root = (parent.nodeType === Node.TEXT_NODE ? parent.parentElement : parent).closest("[data-start]");
  if (!root) return null;
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const exact = words.trim();
  if (!exact) return null;
  const start = Number(root.dataset.start) + points(before.toString()) + points(words.slice(0, words.indexOf(exact)));
  return { start, end: start + points(exact), exact, claim: root.dataset.claim || "", box: range.getBoundingClientRect() };
}

// --- in a report: a link at the selection ---
const report = document.querySelector("[data-reply-at]");

if (report) {
  const link = document.createElement("a");
  link.className = "button reply-here";
  link.rel = "nofollow";
  link.textContent = "Reply to this";
  link.hidden = true;
  document.body.append(link);
  document.addEventListener("selectionchange", () => {
    const found = selected();
    link.hidden = !found || !report.contains(getSelection().anchorNode);
    if (link.hidden) return;
    link.href = `${report.dataset.replyAt}?kind=correction&start=${found.start}&end=${found.end}`;
    link.style.insetBlockStart = `${scrollY + found.box.bottom + 6}px`;
    link.style.insetInlineStart = `${Math.max(8, Math.min(found.box.left, innerWidth - 160))}px`;
  });
}

// --- in the form ---
const form = document.querySelector(".reply-form");

if (form) {
  const { start, end, claim, text } = form.elements;
  const shown = form.querySelector("[data-chosen]");
  form.querySelectorAll("[data-with-script]").forEach((each) => { each.hidden = false; });
  document.addEventListener("selectionchange", () => {
    const found = selected();
    if (!found || !form.contains(getSelection().anchorNode)) return;
    [start.value, end.value, claim.value] = [found.start, found.end, found.claim];
    shown.textContent = found.exact;
    shown.hidden = false;
    form.querySelector("[data-unchosen]").hidden = true;
    const correction = form.querySelector("#kind-correction");
    if (correction && !form.querySelector("[name=kind]:checked")) { correction.checked = true; count(); }
  });

  const counter = form.querySelector("[data-counter]");
  const longest = () => Number(form.querySelector("[name=kind]:checked")?.dataset.longest || text.dataset.longest || 0);
  function count() {
    const length = points(text.value);
    const most = longest();
    counter.textContent = most ? `${length.toLocaleString("en")} of ${most.toLocaleString("en")} characters.` : `${length.toLocaleString("en")} characters.`;
    counter.classList.toggle("over", Boolean(most) && length > most);
  }
  form.addEventListener("input", count);
  count();

  // one reply is sent once, however often the button is pressed
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
  document.getElementById("wrong")?.focus();
}
