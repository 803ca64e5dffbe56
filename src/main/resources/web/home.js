// The way from the internet to this machine, with the address at each hop, and where it ends.

import { look, network, nextHop } from './api.js';
import { el, trouble } from './dom.js';
import { t } from './text.js';

const SIDE = { public: 'view.side-public', unknown: 'view.side-unknown' };
const WAY = { tunnel: 'view.way-tunnel', inner: 'view.way-inner', attached: 'view.way-home' };

export function home({ go }) {
  const box = el('div', { 'aria-live': 'polite' }, el('p', {}, t('view.looking')));
  let last = '';
  // The hop behind the router: asked for once, where the way does not end at the router.
  let asked = null;
  let beyond = '';
  let redraw = null;
  network().then(({ ways }) => look('status', (status) => {
    const print = JSON.stringify([status, ways]);
    if (print !== last) { last = print; draw(status, ways); }
  }, () => box.isConnected));

  const hop = (name, address, ...more) => el('li', {}, el('strong', {}, name), ' ', address ? el('code', {}, address) : '', more);

  function draw(status, ways) {
    const router = status.gateway;
    // Some routers tell no address and refuse to open a port because of the one they have.
    const side = status.internet_side ?? {};
    const shared = status.reachability === 'carrier_grade' || ['carrier_grade_nat', 'ds_lite'].includes(side.kind);
    const ends = shared || status.reachability === 'private' || (side.kind ?? '').startsWith('second_router');
    const outside = shared ? 'view.side-shared' : ends ? 'view.side-private' : SIDE[status.reachability] ?? SIDE.unknown;
    const homes = ways.filter((one) => one.kind === 'home');
    const beside = ways.filter((one) => one.kind !== 'home');
    redraw = () => draw(status, ways);
    if (ends) asked ??= nextHop().then((address) => { beyond = address; if (address) redraw(); });
    const end = el('p', { class: 'bad-text' }, t('view.way-ends'));
    box.replaceChildren(status.error ? trouble(status.error) : '', el('ol', { class: 'way' },
      hop(t('view.the-internet'), ''),
      ends ? hop(shared ? t('view.translator') : t('view.second-router'), shared ? '' : beyond, end) : null,
      shared && beyond ? hop(t('view.provider-router'), beyond) : null,
      hop(t('view.router-outside'), status.external_address ?? side.address ?? t('view.not-told'), el('p', {}, t(outside))),
      router ? hop(t('view.router-inside'), router.address, el('p', {}, [router.manufacturer, router.model,
        `(${router.method}${router.version ? ` ${router.version}` : ''})`].filter(Boolean).join(' ')))
        : hop(t('view.router-inside'), homes[0]?.gateway ?? '', el('p', { class: 'bad-text' }, t('view.router-silent'))),
      homes.length ? homes.map((one) => hop(t('view.this-machine'), one.address, el('p', { class: 'hint' }, one.interface)))
        : hop(t('view.this-machine'), '', el('p', { class: 'bad-text' }, t('view.no-home')))),
    beside.length ? el('h3', {}, t('view.beside')) : '',
    beside.length ? el('ul', {}, beside.map((one) => el('li', {}, el('strong', {}, one.interface), ' ',
      el('code', {}, one.address), ' ', t(WAY[one.kind] ?? WAY.attached),
      one.first ? el('p', { class: 'warn-text' }, t('view.way-first')) : null))) : '',
    el('div', { class: 'row' }, el('button', { type: 'button', onclick: () => go('doctor') }, t('view.why-not'))));
  }
  return { nodes: [el('section', { 'aria-labelledby': 'home-title' }, el('h2', { id: 'home-title' }, t('view.home')), box)] };
}
