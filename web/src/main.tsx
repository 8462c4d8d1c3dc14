/* Where the app begins. One rule: the frame is drawn at once, the phone's own store fills it, and the network is never waited for. */
import { render } from 'preact';
import { App } from './app';
import { followPrinting } from './parts/print';
import { followAddress } from './parts/route';
import { start } from './state';
import './style.css';

const room = document.getElementById('app');
followAddress();
followPrinting();
const started = start();
if (room !== null) {
  room.replaceChildren();
  render(<App started={started} />, room);
}
