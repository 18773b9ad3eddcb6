// Requests to the page's own server.

/** The answer of a POST; an Error with the server's sentence if it refuses. */
export async function post(path, inputs) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(inputs),
  }).catch(() => {
    throw new Error("The demo does not answer. Is it still running?");
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? "That did not work.");
  return answer;
}
