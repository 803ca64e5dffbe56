// What to send to friends, once a port is open.

import { el } from './dom.js';
import { qr } from './qr.js';

export function friends(answer) {
  const lines = answer.friends_join ?? [];
  if (!lines.length) {
    return el('p', {}, 'No address that friends could use: the internet does not reach this port yet.');
  }
  const onlyIpv6 = lines.every((line) => line.includes('::') || line.split(':').length > 2);
  return el('div', {}, el('h3', {}, 'Tell your friends'),
    onlyIpv6 ? el('p', { class: 'warn-text' }, 'Only friends with IPv6 can join: the port is open over IPv6 alone.') : null,
    lines.map((line) => {
      const told = el('span', { role: 'status' });
      return el('div', {}, el('div', { class: 'row' }, el('span', { class: 'line' }, line),
        el('button', { type: 'button', onclick: async () => {
          told.textContent = await copied(line) ? 'copied' : 'copy it by hand';
        } }, 'Copy'), told), qr(line));
    }));
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
