// Why a port cannot be reached: the verdict, each condition, and the steps on this very router.

import { ask } from './api.js';
import { busy, el, field, show, trouble } from './dom.js';

const SURE = { certain: 'certain', likely: 'likely', cannot_tell: 'cannot be told for sure' };
const MARK = { good: '✓ good', bad: '✗ bad', unknown: '? cannot be told' };
const COLOUR = { good: 'good-text', bad: 'bad-text', unknown: 'warn-text' };

export function doctor({ more }) {
  const port = el('input', { placeholder: '25565 or minecraft', autocomplete: 'off', spellcheck: 'false', value: more?.port ?? '' });
  const result = el('div', { class: 'result', role: 'status', 'aria-live': 'polite' });
  const run = el('button', { class: 'main', type: 'submit' }, 'Find out');
  const words = () => (port.value.trim() ? [port.value.trim()] : []);

  async function examine() {
    show(result, '', el('p', {}, 'Looking at this machine and its router; this takes some seconds …'));
    const answer = await ask('doctor', { ports: words() });
    if (!answer.verdict) {
      show(result, 'bad', trouble(answer.error ?? { message: 'No answer.' }));
      return;
    }
    show(result, answer.exit_code === 0 ? 'good' : 'warn', verdict(answer.verdict),
      answer.others?.length ? el('details', {}, el('summary', {}, 'Also found'), answer.others.map(verdict)) : null);
  }

  function verdict(one) {
    return el('div', {}, el('h3', {}, one.title), el('p', {}, `This is ${SURE[one.certainty] ?? one.certainty}.`),
      one.next ? el('p', {}, `Next: ${[one.next].flat().join(' ')}`) : null, step([one.next].flat().join(' ')),
      one.because?.length ? el('ul', {}, one.because.map((text) => el('li', {}, text))) : null);
  }

  // The step that ajar can do by itself. Not one with options: without them it would open something else, perhaps to everyone.
  function step(next) {
    const word = /\bajar open ([\w:/,-]+)(?![\w:/,-]| +-)/.exec(next)?.[1];
    if (!word || word.startsWith('-')) return null;
    return button(`Open ${word}`, async () => {
      const answer = await ask('open', { ports: [word] });
      const error = answer.error ?? answer.mappings?.find((one) => one.error)?.error;
      show(result, error ? 'bad' : 'good', error ? trouble(error) : el('p', {}, `${word} is open.`));
    });
  }

  async function check() {
    if (!words().length) { show(result, 'bad', el('p', {}, 'Which port?')); port.focus(); return; }
    show(result, '', el('p', {}, 'Checking …'));
    const answer = await ask('check', { ports: words() });
    if (!answer.checks) { show(result, 'bad', trouble(answer.error ?? { message: 'No answer.' })); return; }
    show(result, answer.exit_code === 0 ? 'good' : 'warn', el('ul', {}, answer.checks.map((one) => el('li', {},
      el('span', { class: COLOUR[one.result] }, MARK[one.result] ?? one.result), ` ${one.text}`,
      one.next ? el('p', { class: 'hint' }, [one.next].flat().join(' ')) : null))));
  }

  async function guide() {
    show(result, '', el('p', {}, 'Looking which router it is …'));
    const answer = await ask('guide', { ports: words().length ? words() : ['25565'] });
    if (!answer.steps) { show(result, 'bad', trouble(answer.error ?? { message: 'No answer.' })); return; }
    show(result, '', el('h3', {}, answer.name ?? answer.router), answer.known_by ? el('p', { class: 'hint' }, answer.known_by) : null,
      answer.path?.length ? el('p', {}, answer.path.join(' › ')) : null,
      el('ol', {}, answer.steps.map((step) => el('li', {}, step.text, step.fields?.length
        ? el('ul', {}, step.fields.map((one) => el('li', {}, `${one.label}: `, el('code', {}, one.value)))) : null))));
  }

  const button = (text, work) => {
    const node = el('button', { type: 'button', onclick: () => busy(node, work) }, text);
    return node;
  };
  if (more?.port) busy(run, examine);
  return { nodes: [el('section', { 'aria-labelledby': 'why-title' }, el('h2', { id: 'why-title' }, 'Why not?'),
    el('form', { onsubmit: (event) => { event.preventDefault(); busy(run, examine); } },
      field('Port', port, 'Empty: the router alone. A port is opened for a moment to see how the router answers.'),
      el('div', { class: 'row' }, run, button('Each condition', check), button('The steps on my router', guide))), result)] };
}
