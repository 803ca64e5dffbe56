// Puts the views together, and hands the daemon's state to the one that is shown.

import { begin, follow } from './api.js';
import { el } from './dom.js';
import { ports } from './list.js';
import { doctor } from './doctor.js';
import { devicesView } from './devices.js';
import { relay } from './relay.js';
import { home } from './home.js';
import { history } from './history.js';

const VIEWS = [['ports', 'Ports', ports], ['doctor', 'Why not?', doctor], ['devices', 'Devices', devicesView],
  ['relay', 'Relay', relay], ['home', 'This home', home], ['history', 'History', history]];

const main = document.getElementById('main');
const link = document.getElementById('link');
let current = null;
let state = null;

function open(id, more) {
  const [name, title, make] = VIEWS.find(([one]) => one === id) ?? VIEWS[0];
  current = make({ go: open, more });
  main.replaceChildren(...current.nodes);
  document.title = `${title} – ajar`;
  for (const a of document.querySelectorAll('#nav a')) {
    if (a.hash === `#${name}`) a.setAttribute('aria-current', 'page'); else a.removeAttribute('aria-current');
  }
  if (state) current.update?.(state);
}

function say(text, bad) {
  if (link.textContent !== text) link.textContent = text;
  link.className = bad ? 'bad' : '';
}

function shut() {
  say('This page is not let in.', true);
  main.replaceChildren(el('section', {}, el('h2', {}, 'Run: ajar web'),
    el('p', {}, 'The way into this page is good once and for 30 seconds, and a reload ends it. '
      + 'That keeps other users of this machine, and other pages, out.')));
}

async function start() {
  for (const [id, title] of VIEWS) {
    document.getElementById('nav').append(el('li', {}, el('a', { href: `#${id}`, onclick: (event) => {
      event.preventDefault();
      open(id);
      main.focus();
    } }, title)));
  }
  document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); main.focus(); });
  if (!await begin().catch(() => false)) { shut(); return; }
  open('ports');
  follow((next) => {
    state = next;
    say(`Kept open by ${next.kept_by ?? 'no process'}`, false);
    current.update?.(next);
  }, (there) => {
    if (there === null) shut();
    if (there === false) say('The daemon does not answer. Trying again …', true);
  });
}

start();
