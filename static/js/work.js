/* Solves the small proof of work of a form[data-work], so that its plain question need not be answered.
   The challenge is the JSON in data-work; it is solved while somebody writes. The solution goes into input[name=work];
   [data-work-question] is hidden. */
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const breathe = () => new Promise((resolve) => setTimeout(resolve));

async function solve({ parameters, signature }) {
  const nonce = bytes(parameters.nonce);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: bytes(parameters.salt), iterations: parameters.cost };
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const end = parameters.expiresAt * 1000;
  for (let counter = 0; Date.now() < end; counter += 1) {
    new DataView(password.buffer).setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(derivation, key, parameters.keyLength * 8));
    if (derivedKey.startsWith(parameters.keyPrefix)) {
      return btoa(JSON.stringify({ challenge: { parameters, signature }, solution: { counter, derivedKey } }));
    }
    if (counter % 20 === 19) await breathe();
  }
  throw new Error("The challenge has expired.");
}

function attach(form) {
  const field = form.querySelector("input[name=work]");
  const questions = form.querySelectorAll("[data-work-question]");
  if (!field || form.workAttached) return;
  form.workAttached = true;
  field.value = ""; // a browser may restore an old solution after a reload
  let work = null;
  let failed = false;
  const show = (visible) => {
    questions.forEach((question) => {
      question.hidden = !visible;
      question.querySelectorAll("input").forEach((input) => { input.disabled = !visible; });
    });
  };
  const start = () => {
    work ??= solve(JSON.parse(form.dataset.work)).then((solution) => { field.value = solution; },
      () => { failed = true; show(true); });
    return work;
  };
  show(false);
  form.addEventListener("focusin", start, { once: true });
  // Caught on its way down, before htmx hears of it; sent again once the work is done.
  form.addEventListener("submit", async (event) => {
    if (field.value || failed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await start();
    if (!failed) form.requestSubmit(event.submitter);
  }, { capture: true });
}

const attachAll = (root) => root.querySelectorAll("form[data-work]").forEach(attach);
if (globalThis.crypto?.subtle) {
  attachAll(document);
  document.addEventListener("htmx:load", (event) => attachAll(event.target.parentNode ?? document));
}
