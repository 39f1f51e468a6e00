// What is secret came behind the `#`, which no server sees. It is taken out of the address bar and the history at once,
// and goes to the API only when the button is pressed: opening the page uses nothing up.
const fromLink = new URLSearchParams(location.hash.slice(1));
history.replaceState(null, '', location.pathname);

const form = document.querySelector('form');
const problem = form.querySelector('[role=alert]');
const button = form.querySelector('button');
const done = document.querySelector('.done');
const lead = form.querySelector('.lead');

fillFromLink();

for (const box of form.querySelectorAll('[data-shows]'))
  box.addEventListener('change', () => {
    form.elements[box.dataset.shows].type = box.checked ? 'text' : 'password';
  });

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void submit();
});

async function submit() {
  problem.hidden = true;
  button.disabled = true;
  try {
    const response = await send();
    if (response.ok) return showDone();
    const answer = await response.json();
    // What the link brought may be what is wrong: then it can be typed.
    if (!answer.errors) for (const field of form.querySelectorAll('.field[data-link]')) field.hidden = false;
    showProblem(describe(answer));
  } catch {
    showProblem(form.dataset.unreachable);
  }
  button.disabled = false;
}

function fillFromLink() {
  let isIncomplete = false;
  for (const field of form.querySelectorAll('[data-link]')) {
    const isHidden = field.dataset.link === 'required';
    const input = isHidden ? field : form.elements[field.dataset.link];
    input.value = fromLink.get(input.name) ?? '';
    if (!input.value) isIncomplete = true;
    if (!input.value && isHidden) button.disabled = true;
    if (input.value && !isHidden) field.hidden = true;
  }
  if (isIncomplete) lead.textContent = lead.dataset.incomplete;
}

function send() {
  const body = Object.fromEntries(new FormData(form));
  return fetch(form.dataset.api, {
    method: form.dataset.method,
    headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
    body: JSON.stringify(body),
    // The form stands for itself, whoever is signed in here.
    credentials: 'omit',
  });
}

/** The API speaks the language of the page already; what it says of a field that nobody sees is said of the link. */
function describe({ status, title, detail, errors = [] }) {
  const faults = errors.map((fault) => ({ label: labelOf(fault.path), detail: fault.detail }));
  if (status === 404 || faults.some(({ label }) => !label)) return form.dataset.deadLink;
  if (faults.length === 0) return detail ?? title;
  return faults.map((fault) => `${fault.label} ${fault.detail}`).join('. ');
}

function labelOf(path) {
  const name = path.split('/').at(-1);
  return form.querySelector(`label[for="${CSS.escape(name)}"]`)?.textContent;
}

function showProblem(text) {
  problem.textContent = text;
  problem.hidden = false;
}

function showDone() {
  form.hidden = true;
  done.hidden = false;
  done.focus();
}
