/**
 * What happens, as it happens. The browser itself resumes after a broken connection from the last event it got; where
 * it gives up (the service answered with an error) the page connects anew and reads everything again.
 *
 * A browser keeps six connections to a server and every page that listens holds one, so a page that nobody looks at
 * lets go: the seventh window's STOP must not wait for a connection.
 */
const EVENTS = ["message", "edited", "deleted", "reaction", "run"];
const AGAIN_AFTER = 2_000;
const HIDDEN_FOR = 30_000;

export function live({ onEvent, onReset, onState }) {
  let source = null;
  let again = null;
  let hiding = null;

  function open() {
    clearTimeout(again);
    source?.close();
    const mine = new EventSource("/api/local/events");
    source = mine;
    for (const name of EVENTS) mine.addEventListener(name, (event) => onEvent(name, JSON.parse(event.data)));
    let listens = false;
    // An open connection is not enough: what happens before the service follows it is told to nobody.
    mine.addEventListener("listening", () => {
      onState("live");
      if (!listens) onReset();
      listens = true;
    });
    mine.addEventListener("reset", () => {
      onState("live");
      onReset();
      listens = true;
    });
    mine.onerror = () => {
      if (source !== mine) return;
      onState("away");
      if (mine.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_AFTER);
    };
  }

  function close() {
    clearTimeout(again);
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(close, HIDDEN_FOR);
    else if (source === null) open();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && open());
  open();
}
