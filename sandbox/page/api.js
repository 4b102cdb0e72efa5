// The control API (docs/sandbox.md) and its stream of changes.

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok || body.error) throw new Error(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

/** GET /control/{path} with a query; throws an Error with the server's sentence. */
export async function get(path, query = {}) {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]));
  return answer(await fetch(`/control/${path}?${search}`, { cache: "no-store" }));
}

/** POST a JSON body to /control/{path}; throws an Error with the server's sentence. */
export async function post(path, body = {}) {
  return answer(await fetch(`/control/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }));
}

/** Follow the changes a person can see; opens again by itself. Returns a function that ends it. */
export function stream(as, { onChange, onOpen, onLost }) {
  let socket = null;
  let ended = false;
  let waitMs = 250;
  const open = () => {
    if (ended) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/control/stream?as=${encodeURIComponent(as)}`);
    socket.addEventListener("open", () => {
      waitMs = 250;
      if (!ended) onOpen();
    });
    socket.addEventListener("message", (event) => {
      if (!ended) onChange(JSON.parse(event.data));
    });
    socket.addEventListener("close", () => {
      if (ended) return;
      onLost();
      setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, 5000);
    });
  };
  open();
  return () => {
    ended = true;
    socket?.close();
  };
}

/** Run `work` now; calls that come while it runs lead to exactly one more run. A failed fetch is only
 * noted: the stream opens again when the sandbox is back, and then everything is fetched once more. */
export function coalesce(work) {
  let running = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await work().catch((error) => console.warn(`Not fetched: ${error.message}`));
    } while (again);
  };
  return () => {
    if (running) again = true;
    else running = run().finally(() => { running = null; });
    return running;
  };
}

/** Call `work` once things have been quiet for `ms`; `.flush()` calls it now if it is due. */
export function debounce(work, ms) {
  let timer = null;
  let due = null;
  const fire = () => {
    clearTimeout(timer);
    const args = due;
    due = null;
    return args ? work(...args) : undefined;
  };
  const later = (...args) => {
    due = args;
    clearTimeout(timer);
    timer = setTimeout(fire, ms);
  };
  later.flush = fire;
  return later;
}
