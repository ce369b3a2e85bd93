// 带班记录 and 检查单 without a signal: what is typed stays on this machine until the server has it, and is sent once (form[data-field]).
// The server knows each record by its key `once`; sending it again changes nothing there.

interface Waiting { once: string; at: string; label: string; fields: [string, string][]; problems: string[]; action?: string; draft?: string; }
interface Ticket { person: number; token: string; }
interface Answer { url?: string; title?: string; problems?: string[]; }

const form = document.querySelector<HTMLFormElement>("form[data-field]");
const RETRY = 30_000;

function start(form: HTMLFormElement): void {
  const person = form.dataset.field ?? "";
  const queueKey = `ronghe-${form.dataset.queue ?? "visits"}:${person}`;
  const draftKey = `ronghe-${form.dataset.draft ?? "visit-draft"}:${person}`;
  const box = document.querySelector<HTMLElement>("[data-queue]")!;
  const template = document.querySelector<HTMLTemplateElement>("#queue-line")!;
  const word = (name: string): string => box.dataset[name] ?? "";
  let busy = false;

  function read(): Waiting[] {
    try {
      return JSON.parse(localStorage.getItem(queueKey) ?? "[]") as Waiting[];
    } catch {
      return [];
    }
  }

  /** Tells whether the queue could be kept: a full or forbidden store must not swallow a record. */
  function write(queue: Waiting[]): boolean {
    try {
      localStorage.setItem(queueKey, JSON.stringify(queue));
      return true;
    } catch {
      return false;
    }
  }

  function say(text: string, link = ""): void {
    const line = box.querySelector<HTMLElement>("[data-says]")!;
    line.textContent = text;
    line.hidden = !text;
    if (!link) return;
    const way = document.createElement("a");
    way.href = link;
    way.textContent = word("open");
    line.append(" ", way);
  }

  function show(): void {
    const list = box.querySelector<HTMLElement>("[data-lines]")!;
    const queue = read();
    list.replaceChildren();
    for (const entry of queue) {
      const line = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
      line.querySelector("[data-label]")!.textContent = entry.label;
      line.querySelector("[data-problem]")!.textContent = entry.problems.join(" ");
      line.querySelector("[data-edit]")!.addEventListener("click", () => edit(entry));
      list.append(line);
    }
    box.querySelector<HTMLElement>("[data-waiting]")!.hidden = queue.length === 0;
    document.querySelectorAll<HTMLElement>("[data-offline]").forEach((item) => (item.hidden = navigator.onLine));
  }

  function collect(): [string, string][] {
    const left = ["csrfmiddlewaretoken"];
    return [...new FormData(form).entries()].filter(([name]) => !left.includes(name)).map(([name, value]) => [name, String(value)]);
  }

  function fill(fields: [string, string][]): void {
    const total = Number(fields.find(([name]) => name === "p-TOTAL_FORMS")?.[1] ?? 0);
    while (counter() && rows() < total) addRow();
    for (const item of [...form.elements]) {
      if (item instanceof HTMLInputElement && (item.type === "checkbox" || item.type === "radio")) {
        item.checked = fields.some(([name, value]) => name === item.name && value === item.value);
      } else if (item instanceof HTMLInputElement || item instanceof HTMLTextAreaElement || item instanceof HTMLSelectElement) {
        const kept = fields.find(([name]) => name === item.name);
        if (kept && item.name !== "csrfmiddlewaretoken") item.value = kept[1];
      }
    }
  }

  /** A record of another page (another station's sheet) is opened there, as its draft. */
  function edit(entry: Waiting): void {
    if (entry.action && entry.draft && entry.action !== form.action) {
      localStorage.setItem(entry.draft, JSON.stringify(entry.fields));
      write(read().filter((one) => one.once !== entry.once));
      return location.assign(entry.action);
    }
    fill(entry.fields);
    write(read().filter((one) => one.once !== entry.once));
    keepDraft();
    show();
    form.scrollIntoView();
  }

  const counter = () => form.querySelector<HTMLInputElement>('[name="p-TOTAL_FORMS"]');
  const rows = () => Number(counter()?.value ?? 0);

  function addRow(): void {
    const empty = document.querySelector<HTMLTemplateElement>("#empty-row")!;
    const holder = document.createElement("div");
    holder.innerHTML = empty.innerHTML.replaceAll("__prefix__", String(rows()));
    form.querySelector("[data-rows]")!.append(...holder.children);
    counter()!.value = String(rows() + 1);
  }

  function newKey(): string {
    const part = () => Math.random().toString(36).slice(2, 12);
    return crypto.randomUUID?.().replaceAll("-", "") ?? `${Date.now().toString(36)}${part()}${part()}`;
  }

  function clear(): void {
    form.reset();
    form.querySelector<HTMLInputElement>('[name="once"]')!.value = newKey();
    try {
      localStorage.removeItem(draftKey);
    } catch { /* nothing was kept */ }
  }

  function keepDraft(): void {
    try {
      localStorage.setItem(draftKey, JSON.stringify(collect()));
    } catch { /* the page itself still holds it */ }
  }

  async function ask(): Promise<Ticket | null> {
    const answer = await fetch(form.dataset.ticket!, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.redirected || !answer.ok) return null;
    return (await answer.json()) as Ticket;
  }

  async function sendAll(): Promise<void> {
    if (busy || !navigator.onLine || !read().some((one) => !one.problems.length)) return show();
    busy = true;
    try {
      const ticket = await ask();
      if (!ticket) return say(word("login"), form.dataset.login);
      if (String(ticket.person) !== person) return say(word("other"));
      for (const entry of read()) if (!entry.problems.length) await send(entry, ticket);
    } catch {
      // no signal after all: it stays, and is tried again
    } finally {
      busy = false;
      show();
    }
  }

  async function send(entry: Waiting, ticket: Ticket): Promise<void> {
    const body = new URLSearchParams(entry.fields);
    const headers = { Accept: "application/json", "X-CSRFToken": ticket.token };
    const answer = await fetch(entry.action ?? form.action, { method: "POST", headers, body });
    if (answer.status >= 500 || answer.redirected) throw new Error(String(answer.status));
    const found = (await answer.json().catch(() => ({ problems: [word("refused")] }))) as Answer;
    if (answer.ok && found.url) {
      write(read().filter((one) => one.once !== entry.once));
      say(`${word("sent")} ${found.title ?? ""}`, found.url);
    } else {
      write(read().map((one) => (one.once === entry.once ? { ...one, problems: found.problems ?? [word("refused")] } : one)));
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!form.reportValidity()) return;
    if (form.querySelector('[name="joined"]') && !form.querySelector('[name="joined"]:checked')) return say(word("joined"));
    const fields = collect();
    const unit = form.querySelector<HTMLSelectElement>('[name="unit"]');
    const day = form.querySelector<HTMLInputElement>('[name="day"]')?.value ?? "";
    const once = fields.find(([name]) => name === "once")![1];
    const label = form.dataset.label ?? `${day} ${unit?.selectedOptions[0]?.text ?? ""}`;
    const queue = [...read().filter((one) => one.once !== once), { once, at: new Date().toISOString(), label, fields, problems: [], action: form.action, draft: draftKey }];
    if (!write(queue)) return say(word("full"));
    clear();
    say(navigator.onLine ? word("sending") : word("kept"));
    show();
    box.scrollIntoView();
    void sendAll();
  }, true);
  form.addEventListener("input", keepDraft);
  document.querySelector("[data-more]")?.addEventListener("click", addRow);
  box.querySelector("[data-send]")?.addEventListener("click", () => {
    write(read().map((one) => ({ ...one, problems: [] })));
    void sendAll();
  });
  for (const name of ["online", "offline", "pageshow"]) window.addEventListener(name, () => void sendAll());
  document.addEventListener("visibilitychange", () => void sendAll());
  window.setInterval(() => void sendAll(), RETRY);

  try {
    const draft = JSON.parse(localStorage.getItem(draftKey) ?? "null") as [string, string][] | null;
    if (draft && !location.search) fill(draft);
  } catch { /* an unreadable draft is none */ }
  const once = form.querySelector<HTMLInputElement>('[name="once"]')!;
  // the page may come from the cache, with a key that has been used
  if (!once.value || read().some((one) => one.once === once.value) || !navigator.onLine) once.value = newKey();
  show();
  void sendAll();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(form.dataset.worker!).catch(() => undefined);
}

if (form) start(form);
