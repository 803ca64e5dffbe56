// The way from the internet to this machine, with the address at each hop, and where it ends.

import { look, network } from './api.js';
import { el, trouble } from './dom.js';
import { t } from './text.js';

const SIDE = { public: 'view.side-public', private: 'view.side-private', carrier_grade: 'view.side-shared', unknown: 'view.side-unknown' };
const WAY = { tunnel: 'view.way-tunnel', inner: 'view.way-inner', attached: 'view.way-home' };

export function home({ go }) {
  const box = el('div', { 'aria-live': 'polite' }, el('p', {}, t('view.looking')));
  let last = '';
  network().then(({ ways }) => look('status', (status) => {
    const print = JSON.stringify([status, ways]);
    if (print !== last) { last = print; draw(status, ways); }
  }, () => box.isConnected));

  const hop = (name, address, ...more) => el('li', {}, el('strong', {}, name), ' ', address ? el('code', {}, address) : '', more);

  function draw(status, ways) {
    const router = status.gateway;
    const shared = status.reachability === 'carrier_grade';
    const ends = shared || status.reachability === 'private';
    const homes = ways.filter((one) => one.kind === 'home');
    const beside = ways.filter((one) => one.kind !== 'home');
    const end = el('p', { class: 'bad-text' }, t('view.way-ends'));
    box.replaceChildren(status.error ? trouble(status.error) : '', el('ol', { class: 'way' },
      hop(t('view.the-internet'), ''),
      ends ? hop(shared ? t('view.translator') : t('view.second-router'), '', end) : null,
      hop(t('view.router-outside'), status.external_address ?? t('view.not-told'), el('p', {}, t(SIDE[status.reachability] ?? SIDE.unknown))),
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
