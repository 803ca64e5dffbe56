// What was opened, lost and made again in the last days.

import { ask } from './api.js';
import { el, table, time, trouble } from './dom.js';

const MOST = 300;

export function history() {
  const box = el('div', { 'aria-live': 'polite' }, el('p', {}, 'Looking …'));
  let last = '';

  async function load() {
    const answer = await ask('history');
    const events = (answer.events ?? []).slice(-MOST).reverse();
    box.replaceChildren(answer.error ? trouble(answer.error) : '', events.length
      ? table('Events', ['When', 'What', 'Sentence'], events.map((one) => [
        el('time', { datetime: one.at }, time(one.at)), one.event.replaceAll('_', ' '), one.message]))
      : el('p', {}, 'Nothing happened in the last seven days.'));
  }

  return { nodes: [el('section', { 'aria-labelledby': 'history-title' }, el('h2', { id: 'history-title' }, 'The last seven days'), box)],
    update: (state) => {
      const newest = state.events?.at(-1)?.at ?? 'none';
      if (newest !== last) { last = newest; load(); }
    } };
}
