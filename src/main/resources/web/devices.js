// The devices that a port can lead to, with the names that they tell themselves.

import { network } from './api.js';
import { el, liveTable } from './dom.js';
import { t, word } from './text.js';

const KIND = { 'this machine': 'view.this-machine', router: 'view.the-router', neighbour: 'view.neighbour' };
const AGAIN = 3000;

// A name, or what is known instead.
export const deviceName = (one) => one.name ?? one.maker ?? one.card ?? '';

export function devicesView({ go }) {
  const state = el('p', { role: 'status' }, t('view.looking'));
  const list = liveTable(t('view.devices'), [t('view.address'), t('view.name'), t('view.kind'), t('view.maker'), t('view.actions')]);
  list.node.hidden = true;

  // Devices answer within seconds; then their names are there.
  async function load(more) {
    const { devices, asking } = await network();
    list.update(devices.map((one) => ({ key: one.address, print: JSON.stringify(one), cells: () => [one.address, one.name ?? '–',
      word(KIND, one.kind), [one.maker, one.card].filter(Boolean).join(', ') || '–', one.kind === 'router' ? '' : el('button', { type: 'button',
        'aria-label': t('view.forward-to', { device: one.name ?? one.address }),
        onclick: () => go('ports', { device: one.kind === 'neighbour' ? one.address : '' }) }, t('view.forward'))] })));
    list.node.hidden = !devices.length;
    state.textContent = !devices.length ? t('view.no-home') : asking ? t('view.asking-names') : '';
    if (asking && more && list.node.isConnected) setTimeout(() => load(more - 1), AGAIN);
  }
  load(5);
  return { nodes: [el('section', { 'aria-labelledby': 'devices-title' }, el('h2', { id: 'devices-title' }, t('view.devices')), state, list.node,
    el('p', { class: 'hint' }, t('view.devices-hint'), ' ', el('code', {}, 'ajar relay 8554:192.168.1.20:554')))] };
}
