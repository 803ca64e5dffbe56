// A QR code as inline SVG (ISO/IEC 18004): bytes, versions 1 to 4, error correction L, mask 0.

import { svg } from './dom.js';

// Bytes of data and of correction, by version.
const SIZES = [[19, 7], [34, 10], [55, 15], [80, 20]];

// Multiplication in GF(256) with the polynomial 0x11d.
function times(a, b) {
  let product = 0;
  for (; b; b >>= 1, a = (a << 1) ^ (a & 0x80 ? 0x11d : 0)) if (b & 1) product ^= a;
  return product;
}

function correction(data, count) {
  let divisor = [1];
  for (let i = 0, root = 1; i < count; i++, root = times(root, 2)) {
    const next = [...divisor, 0];
    divisor.forEach((value, j) => { next[j + 1] ^= times(value, root); });
    divisor = next;
  }
  const rest = [...data, ...new Array(count).fill(0)];
  data.forEach((_, i) => {
    const factor = rest[i];
    divisor.forEach((value, j) => { rest[i + j] ^= times(value, factor); });
  });
  return rest.slice(data.length);
}

function codewords(bytes, [size, count]) {
  const bits = [];
  const put = (value, length) => { for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1); };
  put(4, 4);
  put(bytes.length, 8);
  bytes.forEach((byte) => put(byte, 8));
  put(0, Math.min(4, size * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  for (let pad = 0xec; data.length < size; pad ^= 0xec ^ 0x11) data.push(pad);
  return [...data, ...correction(data, count)];
}

// Rows of modules; null where the text is too long.
export function modules(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = SIZES.findIndex(([size]) => bytes.length <= size - 2) + 1;
  if (!version) return null;
  const side = 17 + 4 * version;
  const grid = Array.from({ length: side }, () => new Array(side).fill(null));
  const set = (x, y, dark) => { if (grid[y]?.[x] !== undefined) grid[y][x] = dark ? 1 : 0; };
  const square = (cx, cy, radius, dark) => {
    for (let y = -radius; y <= radius; y++) {
      for (let x = -radius; x <= radius; x++) set(cx + x, cy + y, dark(Math.max(Math.abs(x), Math.abs(y))));
    }
  };
  for (const [x, y] of [[3, 3], [side - 4, 3], [3, side - 4]]) square(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  if (version > 1) square(side - 7, side - 7, 2, (ring) => ring !== 1);
  for (let i = 8; i < side - 8; i++) { set(i, 6, i % 2 === 0); set(6, i, i % 2 === 0); }
  // Format: correction L, mask 0.
  const format = 0b111011111000100;
  const bit = (i) => (format >> i) & 1;
  for (let i = 0; i < 6; i++) set(8, i, bit(i));
  set(8, 7, bit(6)); set(8, 8, bit(7)); set(7, 8, bit(8));
  for (let i = 9; i < 15; i++) set(14 - i, 8, bit(i));
  for (let i = 0; i < 8; i++) set(side - 1 - i, 8, bit(i));
  for (let i = 8; i < 15; i++) set(8, side - 15 + i, bit(i));
  set(8, side - 8, 1);
  const stream = codewords(bytes, SIZES[version - 1]).flatMap((word) => Array.from({ length: 8 }, (_, i) => (word >> (7 - i)) & 1));
  let next = 0;
  let up = true;
  for (let right = side - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right--;
    for (let i = 0; i < side; i++) {
      const y = up ? side - 1 - i : i;
      for (const x of [right, right - 1]) {
        if (grid[y][x] === null) grid[y][x] = (stream[next++] ?? 0) ^ ((x + y) % 2 === 0 ? 1 : 0);
      }
    }
  }
  return grid;
}

export function qr(text) {
  const grid = modules(text);
  if (!grid) return null;
  const path = grid.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x},${y}h1v1h-1z` : ''))).join('');
  return svg('svg', { class: 'qr', viewBox: `-2 -2 ${grid.length + 4} ${grid.length + 4}`, role: 'img', 'aria-label': `QR code of ${text}` },
    svg('path', { d: path, fill: '#000' }));
}
