// What to send to friends, once a port is open.

import { el } from './dom.js';
import { qr } from './qr.js';
import { t } from './text.js';

export function friends(answer) {
  const lines = answer.friends_join ?? [];
  if (!lines.length) return el('p', {}, t('view.no-friends'));
  const onlyIpv6 = lines.every((line) => line.includes('::') || line.split(':').length > 2);
  return el('div', {}, el('h3', {}, t('view.friends')),
    onlyIpv6 ? el('p', { class: 'warn-text' }, t('view.friends-ipv6')) : null,
    lines.map((line) => {
      const told = el('span', { role: 'status' });
      return el('div', {}, el('div', { class: 'row' }, el('span', { class: 'line' }, line),
        el('button', { type: 'button', onclick: async () => {
          told.textContent = await copied(line) ? t('view.copied') : t('view.copy-by-hand');
        } }, t('view.copy')), told), qr(line));
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
