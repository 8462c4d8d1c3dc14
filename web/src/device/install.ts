/* Putting the app on the home screen: Android asks through an event that has to be caught early; an iPhone has to be told in words.
   One rule: the browser's question is asked only when a person has tapped. */

export interface Installing {
  canPrompt: boolean;
  installed: boolean;
  ios: boolean;
}
interface PromptEvent extends Event {
  prompt(): Promise<unknown>;
}

export class Installer {
  private event: PromptEvent | null = null;

  constructor(private readonly changed: (state: Installing) => void) {
    window.addEventListener('beforeinstallprompt', event => {
      event.preventDefault();
      this.event = event as PromptEvent;
      this.changed(this.state());
    });
    window.addEventListener('appinstalled', () => {
      this.event = null;
      this.changed({ ...this.state(), installed: true });
    });
  }

  state(): Installing {
    const { userAgent, maxTouchPoints } = navigator;
    const ios = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
    const installed = matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true);
    return { canPrompt: this.event !== null, installed, ios };
  }

  async prompt(): Promise<void> {
    const { event } = this;
    this.event = null;
    await event?.prompt();
    this.changed(this.state());
  }
}
