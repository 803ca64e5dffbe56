// The way from the internet to this machine, and where it ends.

import { devices, look } from './api.js';
import { el, trouble } from './dom.js';

const KIND = {
  public: 'The internet reaches this address.',
  private: 'This address is not one of the internet: a second router is in front.',
  carrier_grade: 'The provider shares one address among customers: nothing from the internet arrives here.',
  unknown: 'Whether the internet reaches it cannot be told.',
};

export function home({ go }) {
  const box = el('div', { 'aria-live': 'polite' }, el('p', {}, 'Looking …'));
  devices().then((all) => look('status', (status) => draw(status, all)));

  function draw(status, all) {
    const own = all.filter((one) => one.kind === 'this machine').map((one) => one.address).join(', ');
    const router = status.gateway;
    const ends = ['private', 'carrier_grade'].includes(status.reachability);
    box.replaceChildren(status.error ? trouble(status.error) : '', el('ol', { class: 'way' },
      el('li', {}, el('strong', {}, 'The internet')),
      ends ? el('li', { class: 'bad-text' }, el('strong', {}, status.reachability === 'private' ? 'Another router' : 'The provider’s translator'),
        el('p', {}, 'The way ends here until a port is opened in it too.')) : null,
      el('li', {}, el('strong', {}, 'Outside of the router: '), status.external_address ?? 'not told',
        el('p', {}, KIND[status.reachability] ?? '')),
      el('li', {}, el('strong', {}, 'The router: '), router ? `${router.address} ${router.manufacturer ?? ''} ${router.model ?? ''} `
        + `(${router.method}${router.version ? ` ${router.version}` : ''})` : 'none answered'),
      el('li', {}, el('strong', {}, 'This machine: '), own || 'on no home network')),
    el('div', { class: 'row' }, el('button', { type: 'button', onclick: () => go('doctor') }, 'Why not?')));
  }
  return { nodes: [el('section', { 'aria-labelledby': 'home-title' }, el('h2', { id: 'home-title' }, 'This home'), box)] };
}
