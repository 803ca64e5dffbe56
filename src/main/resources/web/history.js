// What was opened, lost and made again in the last days.

import { ask } from './api.js';
import { el, table, time, trouble } from './dom.js';
import { t } from './text.js';

const MOST = 300;

export function history() {
  const box = el('div', { 'aria-live': 'polite' }, el('p', {}, t('view.looking')));
  let last = '';

  async function load() {
    const answer = await ask('history');
    const events = (answer.events ?? []).slice(-MOST).reverse();
    box.replaceChildren(answer.error ? trouble(answer.error) : '', events.length
      ? table(t('view.events'), [t('view.when'), t('view.what-happened')], events.map((one) => [
        el('time', { datetime: one.at }, time(one.at)), one.message]))
      : el('p', {}, t('view.no-events')));
  }

  return { nodes: [el('section', { 'aria-labelledby': 'history-title' }, el('h2', { id: 'history-title' }, t('view.seven-days')), box)],
    update: (state) => {
      const newest = state.events?.at(-1)?.at ?? 'none';
      if (newest !== last) { last = newest; load(); }
    } };
}
