// Asks the browser for a passkey, or for a signature of one, and sends the answer with the form.
"use strict";

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withBytes = (described) => (described ?? []).map((each) => ({ ...each, id: toBytes(each.id) }));

async function ask(kind, told) {
  const publicKey = { ...told, challenge: toBytes(told.challenge) };
  if (kind === "get") {
    publicKey.allowCredentials = withBytes(told.allowCredentials);
    return navigator.credentials.get({ publicKey });
  }
  publicKey.user = { ...told.user, id: toBytes(told.user.id) };
  publicKey.excludeCredentials = withBytes(told.excludeCredentials);
  return navigator.credentials.create({ publicKey });
}

function render({ id, rawId, type, response }) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const held = names.filter((name) => response[name]).map((name) => [name, toText(response[name])]);
  return JSON.stringify({ id, rawId: toText(rawId), type, response: Object.fromEntries(held), clientExtensionResults: {} });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = form.querySelector("[data-told]");
    told.hidden = true;
    try {
      form.elements.answer.value = render(await ask(form.dataset.passkey, JSON.parse(form.dataset.options)));
      form.submit();
    } catch {
      told.hidden = false;
    }
  });
}
