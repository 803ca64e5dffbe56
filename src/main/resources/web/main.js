// Puts the views together, and hands the daemon's state to the one that is shown.

import { begin, follow, renew } from './api.js';
import { el, options } from './dom.js';
import { ports } from './list.js';
import { doctor } from './doctor.js';
import { devicesView } from './devices.js';
import { record, relay } from './relay.js';
import { home } from './home.js';
import { history } from './history.js';
import { language, languages, speak, t, tag } from './text.js';

const VIEWS = [['ports', 'view.ports', ports], ['doctor', 'view.why-not', doctor], ['devices', 'view.devices', devicesView],
  ['relay', 'view.relay', relay], ['home', 'view.home', home], ['history', 'view.history', history]];

const main = document.getElementById('main');
const link = document.getElementById('link');
let shown = 'ports';
let current = null;
let state = null;

function open(id, more) {
  const [name, title, make] = VIEWS.find(([one]) => one === id) ?? VIEWS[0];
  shown = name;
  current = make({ go, more });
  main.replaceChildren(...current.nodes);
  document.title = `${t(title)} – ajar`;
  for (const a of document.querySelectorAll('#nav a')) {
    if (a.hash === `#${name}`) a.setAttribute('aria-current', 'page'); else a.removeAttribute('aria-current');
  }
  if (state) current.update?.(state);
}

// To the first field of the view, where there is one, so that the next key belongs to it.
function go(id, more) {
  open(id, more);
  (current.first ?? main).focus();
}

function say(text, bad) {
  if (link.textContent !== text) link.textContent = text;
  link.className = bad ? 'bad' : '';
}

function shut() {
  say(t('view.shut'), true);
  main.replaceChildren(el('section', {}, el('h2', {}, t('view.run-web')), el('p', {}, t('view.shut-why'))));
}

// By the key itself, whatever character the layout makes of it; attributes of HTML differ between browsers.
function shortcut(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const view = VIEWS[/^Digit([1-6])$/.exec(event.code)?.[1] - 1];
  const field = event.code === 'KeyF' ? current?.finder : null;
  if (!current || (!view && !field)) return;
  event.preventDefault();
  if (view) go(view[0]); else field.focus();
}

// What is around the views.
function frame() {
  const skip = document.querySelector('.skip');
  skip.textContent = t('view.skip');
  document.querySelector('nav').setAttribute('aria-label', t('view.views'));
  document.getElementById('nav').replaceChildren(...VIEWS.map(([id, title], i) => el('li', {}, el('a',
    { href: `#${id}`, 'aria-keyshortcuts': `Alt+${i + 1}`, onclick: (event) => { event.preventDefault(); go(id); } }, t(title)))));
  const choice = el('select', { 'aria-label': t('view.language'), onchange: async () => {
    await speak(choice.value).catch(() => {});
    renew();
    frame();
    open(shown);
  } });
  const names = new Intl.DisplayNames([tag()], { type: 'language' });
  options(choice, languages.map((one) => [one, names.of(one.replace('_', '-'))]));
  choice.value = language;
  document.querySelector('footer').replaceChildren(
    el('p', {}, t('view.alone'), ' ', el('code', {}, 'ajar --help')), el('p', {}, t('view.keys')), choice);
}

async function start() {
  document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); main.focus(); });
  const [token, wish] = location.hash.slice(1).split('.');
  const [letIn, spoken] = await Promise.all([begin(token).catch(() => false), speak(wish).then(() => true, () => false)]);
  if (!spoken) {
    // Without its sentences the page has this one alone.
    say('The daemon does not answer. Run: ajar web', true);
    return;
  }
  frame();
  if (!letIn) { shut(); return; }
  document.addEventListener('keydown', shortcut);
  go('ports');
  follow((next) => {
    state = next;
    record(next);
    say(next.kept_by ? t('view.kept-by', { process: next.kept_by }) : t('view.kept-by-none'), false);
    current.update?.(next);
  }, (there) => {
    if (there === null) shut();
    if (there === false) say(t('view.trying-again'), true);
  });
}

start();
