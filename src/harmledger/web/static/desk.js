// The desk by keyboard, and words marked in the text. Without this script every form works: words are typed then.
"use strict";

const CONTEXT = 32;
const points = (text) => [...text].length;

// --- keys ---
const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !["checkbox", "radio", "submit", "button"].includes(target.type));
let pending = null;

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); pending = null; return; }
  if (event.target.id === "reason" && event.key === "Enter" && !event.shiftKey && !event.isComposing && pending) {
    event.preventDefault();
    if (event.target.value.trim()) pending.form.requestSubmit(pending);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || typing(event.target)) return;
  const dialog = document.getElementById("keys");
  if (event.key === "?" && dialog) { event.preventDefault(); dialog.open ? dialog.close() : dialog.showModal(); return; }
  if (dialog?.open || !/^[a-z]$/.test(event.key)) return;
  const found = document.querySelector(`[data-key="${event.key}"]`);
  if (found) { event.preventDefault(); act(found); }
});

function act(found) {
  if (found instanceof HTMLDetailsElement) {
    found.open = true;
    found.querySelector("select, input:not([type=hidden])")?.focus();
  } else if (found.hasAttribute("data-needs-reason")) {
    askReason(found);
  } else if (found.dataset.key === "u") {
    const reason = document.getElementById("undo-reason");
    reason.focus();
    reason.select();
  } else {
    found.click();
  }
}

function askReason(button) {
  const reason = button.form.elements.reason;
  pending = button;
  reason.focus();
  reason.placeholder = `Why ${button.value}? Then Enter.`;
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button[data-needs-reason]");
  if (button && !button.form.elements.reason.value.trim()) { event.preventDefault(); askReason(button); }
});

// one decision is sent once, however often a key is pressed
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// --- words ---
// The text's own characters: labels that stand in it are none of them.
function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT : node.hasAttribute("data-tag") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function offsetOf(root, node, offset) {
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEnd(node, offset);
  let count = 0;
  for (const text of textNodes(root)) {
    if (!range.intersectsNode(text)) break;
    count += points(text === node ? text.data.slice(0, offset) : range.comparePoint(text, text.length) > 0 ? "" : text.data);
    if (text === node) break;
  }
  return count;
}

// Target of a W3C Web Annotation: the position in code points, and the quote with its surroundings.
function selectedTarget() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const root = [...document.querySelectorAll("[data-text]")].find((each) => each.contains(range.startContainer) && each.contains(range.endContainer));
  if (!root) return null;
  const all = [...textNodes(root).map((node) => node.data).join("")];
  let from = offsetOf(root, range.startContainer, range.startOffset);
  let to = offsetOf(root, range.endContainer, range.endOffset);
  while (from < to && /\s/.test(all[from])) from += 1;
  while (to > from && /\s/.test(all[to - 1])) to -= 1;
  if (from === to) return null;
  const start = Number(root.dataset.start);
  const cut = (first, last) => all.slice(Math.max(0, first), Math.max(0, last)).join("");
  return {
    selector: [
      { type: "TextPositionSelector", start: start + from, end: start + to },
      { type: "TextQuoteSelector", exact: cut(from, to), prefix: cut(from - CONTEXT, from), suffix: cut(to, to + CONTEXT) },
    ],
  };
}

const marks = document.querySelector("[data-marks]");
let target = null;

if (marks) {
  document.addEventListener("selectionchange", () => {
    const found = selectedTarget();
    if (!found) return;
    target = found;
    marks.querySelector("[data-chosen]").textContent = exactOf(target).slice(0, 200);
    marks.hidden = false;
  });
  marks.addEventListener("mousedown", (event) => event.preventDefault());
  marks.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !target) return;
    button.dataset.mark ? markField(button.dataset.mark) : markQuote(button.dataset.quote);
    marks.hidden = true;
  });
}

const exactOf = (chosen) => chosen.selector[1].exact;

function markField(key) {
  const exact = exactOf(target);
  document.querySelector(`[data-mark-of="${key}"]`).value = JSON.stringify(target);
  const details = document.getElementById("correcting");
  details.open = true;
  const field = document.getElementById(`f-${key === "count" ? "low" : key}`);
  if (key !== "count") field.value = exact;
  details.querySelector("[data-marked]").textContent = `“${exact}” is marked as ${document.querySelector(`[data-mark="${key}"]`).textContent}.`;
  document.getElementById("correct-reason").focus();
}

function markQuote(key) {
  document.querySelector(`[data-mark-of="${key}"]`).value = JSON.stringify(target);
  const field = document.querySelector(`[data-quote-of="${key}"]`);
  const details = field.closest("details");
  if (details) details.open = true;
  field.value = exactOf(target);
  field.scrollIntoView({ block: "center" });
  document.getElementById(key === "quote" ? "f-low" : "names").focus();
}

// what is typed afterwards is no longer the words that were marked
document.addEventListener("input", (event) => {
  const field = event.target;
  const key = field.dataset?.quoteOf || { "f-low": "count", "f-high": "count", "f-place": "place", "f-actor": "actor", "f-claimant": "claimant" }[field.id];
  const held = key && document.querySelector(`[data-mark-of="${key}"]`);
  if (held) held.value = "";
});

document.querySelectorAll("[data-with-script]").forEach((each) => { each.hidden = false; });
document.getElementById("wrong")?.focus();
