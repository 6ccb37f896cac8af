// @ts-nocheck It plays modules without types, for a library that reaches into them without types.
/** The way to the stand-in's server: requests, and one that waits for news. */
export async function ask(path, body) {
  const answer = await fetch(`/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The server says ${answer.status}.`);
  return await answer.json();
}

/** Hands on what the server tells this device, in order, for as long as the page is open. */
export async function listen(device, tell) {
  for (let after = 0; ; ) {
    try {
      const { events } = await ask('events', { device, after });
      for (const event of events) {
        after = event.n;
        await tell(event);
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
