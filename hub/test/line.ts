/** What LINE's API got, and what it answers: a stand-in for `fetch` in tests of delivery. */
export function fakeLine(answer: (call: LineCall) => Response | Promise<Response> = accepted) {
  const calls: LineCall[] = [];
  const fetch = (async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    const call: LineCall = {
      path: new URL(request.url).pathname,
      retryKey: request.headers.get('x-line-retry-key'),
      body: request.body ? ((await request.json()) as LineCall['body']) : {},
    };
    calls.push(call);
    return await answer(call);
  }) as typeof globalThis.fetch;
  return {
    fetch,
    calls,
    texts: () => calls.flatMap((call) => call.body.messages?.map((message) => message.text) ?? []),
  };
}

export interface LineCall {
  path: string;
  retryKey: string | null;
  body: { to?: string; replyToken?: string; messages?: { type: string; text?: string }[] };
}

let sent = 580_000_000_000;
export function accepted(call: LineCall): Response {
  return Response.json({
    sentMessages: (call.body.messages ?? []).map(() => ({ id: String(++sent), quoteToken: `qt${sent}` })),
  });
}
