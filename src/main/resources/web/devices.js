// The devices that a port can lead to. Only this machine's own table of neighbours is read.

import { devices } from './api.js';
import { el, table } from './dom.js';

export function devicesView({ go }) {
  const list = el('div', { 'aria-live': 'polite' }, el('p', {}, 'Looking …'));
  devices().then((all) => list.replaceChildren(all.length
    ? table('Devices', ['Address', 'What', 'Network card', 'Actions'], all.map((one) => [one.address, one.kind, one.card ?? '–',
      one.kind === 'router' ? '' : el('button', { type: 'button', 'aria-label': `Forward a port to ${one.address}`,
        onclick: () => go('ports', { device: one.kind === 'neighbour' ? one.address : '' }) }, 'Forward a port')]))
    : el('p', {}, 'No home network with a router is there.')));
  return { nodes: [el('section', { 'aria-labelledby': 'devices-title' }, el('h2', { id: 'devices-title' }, 'Devices'), list,
    el('p', { class: 'hint' }, 'Devices that this machine has talked to lately. An address that is not here can be typed into the form. '
      + 'Not every router lets one device open a port for another; then let this machine relay it: ajar relay 8554:192.168.1.20:554'))] };
}
