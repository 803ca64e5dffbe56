// Talks to the daemon. The secret is in this module's memory alone: no cookie, no storage, no address.

import { asked, t } from './text.js';

let secret = '';

async function post(path, body, headers, signal) {
  return fetch(path, {
    method: 'POST', signal, cache: 'no-store', credentials: 'omit', redirect: 'error',
    headers: { 'Content-Type': 'application/json', ...asked(), ...headers }, body: JSON.stringify(body),
  });
}

// Exchanges the token of the address, which is good once, and takes it out of the address.
export async function begin(token) {
  history.replaceState(null, '', location.pathname);
  if (!/^[\w-]{40,100}$/.test(token)) return false;
  const answer = await post('/api/session', {}, { 'Ajar-Token': token });
  if (answer.ok) secret = (await answer.json()).secret;
  return answer.ok;
}

export class Refused extends Error {}

async function answered(path, body, signal) {
  const answer = await post(path, body, { Authorization: `Bearer ${secret}` }, signal);
  if (answer.status === 401) throw new Refused();
  if (!answer.ok) throw new Error(`${answer.status}: ${(await answer.text()).trim()}`);
  return answer;
}

// Each line of an answer as it comes.
async function* lines(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ''; ;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n');
    rest = parts.pop();
    yield* parts;
  }
}

// A command of the command line; its --json document, also where the daemon does not answer. The router may want a button to be
// pressed before it ends: that is told.
export async function ask(command, members = {}, onTold = () => {}) {
  try {
    const answer = await answered('/api/run', { command, ...members });
    if (!answer.headers.get('Content-Type').startsWith('application/x-ndjson')) return await answer.json();
    let last = null;
    for await (const line of lines(answer)) {
      last = JSON.parse(line);
      if (last.told) onTold(last.told);
    }
    if (!last || last.told) throw new Error(t('view.no-answer'));
    return last;
  } catch (e) {
    return { command, exit_code: 1, error: { code: 'page', message: e instanceof Refused
      ? t('view.shut') : t('view.no-daemon', { why: e.message }), advice: [t('view.run-web')] } };
  }
}

// What the daemon knows at once, and again until its router has answered, as long as that is wanted.
export async function look(command, onAnswer, isWanted) {
  for (let pause = 1500; isWanted(); pause = Math.min(2 * pause, 20_000)) {
    const answer = await ask(command);
    if (isWanted()) onAnswer(answer);
    if (!answer.stale) return;
    await new Promise((resume) => setTimeout(resume, pause));
  }
}

// What this machine's network has; names come when the devices have told them.
export async function network() {
  try {
    return await (await answered('/api/devices', {})).json();
  } catch {
    return { devices: [], ways: [] };
  }
}

// The router behind the router, where this machine can find it.
export async function nextHop() {
  try {
    return (await (await answered('/api/next-hop', {})).json()).address ?? '';
  } catch {
    return '';
  }
}

// A fault of a view is none of the way to the daemon.
function tell(onState, state) {
  try { onState(state); } catch (e) { console.error(e); }
}

let stream = new AbortController();

// The stream anew, in the language of now.
export function renew() {
  stream.abort();
}

// Hands out the state now and after every change. Reads the stream by fetch, because EventSource sends no header.
export async function follow(onState, onLink) {
  for (;;) {
    let again = false;
    stream = new AbortController();
    const { signal } = stream;
    try {
      const reader = (await answered('/api/events', {}, signal)).body.pipeThrough(new TextDecoderStream()).getReader();
      onLink(true);
      for (let rest = ''; ;) {
        const { value, done } = await reader.read();
        if (done) break;
        again = true;
        const parts = (rest + value).split('\n\n');
        rest = parts.pop();
        for (const part of parts) if (part.startsWith('data: ')) tell(onState, JSON.parse(part.slice(6)));
      }
    } catch (e) {
      if (e instanceof Refused) { onLink(null); return; }
      again = signal.aborted;
    }
    // The daemon ends every stream in order after some minutes.
    if (again) continue;
    onLink(false);
    await new Promise((resume) => setTimeout(resume, 2000));
  }
}
