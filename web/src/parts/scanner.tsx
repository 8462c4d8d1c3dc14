/* Reads a joining code with the camera: the phone's own reader where there is one, else zxing. One rule: no picture leaves the phone, and the camera is let go at once. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';
import { Note } from './note';
import { later } from './laterwords';

type Read = (video: HTMLVideoElement) => Promise<string | null>;
interface NativeReader {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface NativeReaders {
  new (options: { formats: string[] }): NativeReader;
  getSupportedFormats(): Promise<string[]>;
}

const EVERY_MS = 150;
/** Wide enough for a dense code, small enough for a slow phone. */
const WIDTH = 960;

export function Scanner({ onFound, onStop }: { onFound: (code: string) => void; onStop: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [wrong, setWrong] = useState('');
  useEffect(() => {
    let looking = true;
    let stream: MediaStream | null = null;
    const look = async (): Promise<void> => {
      const element = video.current;
      if (element === null) return;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false });
      } catch (error) {
        const name = error instanceof Error ? error.name : '';
        setWrong(name === 'NotAllowedError' ? later().cameraRefused : later().cameraMissing);
        return;
      }
      if (!looking) return letGo();
      element.srcObject = stream;
      await element.play().catch(() => undefined);
      const read = await reader().catch(() => null);
      if (read === null) return setWrong(later().cameraMissing);
      while (looking) {
        const found = await read(element).catch(() => null);
        if (found !== null && looking) return onFound(found);
        await new Promise(resolve => setTimeout(resolve, EVERY_MS));
      }
    };
    const letGo = (): void => stream?.getTracks().forEach(track => track.stop());
    void look();
    return () => {
      looking = false;
      letGo();
    };
  }, []);
  return (
    <section class="box">
      {wrong === '' ? (
        <video ref={video} class="reader" muted playsInline aria-label={later().cameraPicture} />
      ) : (
        <Note kind="warn">
          <p>{wrong}</p>
        </Note>
      )}
      <p class="small">{wrong === '' ? later().holdOverCode : later().typeInstead}</p>
      <button onClick={onStop}>
        <Icon name="cross" />
        {later().stopScanning}
      </button>
    </section>
  );
}

async function reader(): Promise<Read> {
  const native = (globalThis as { BarcodeDetector?: NativeReaders }).BarcodeDetector;
  if (native !== undefined && (await native.getSupportedFormats()).includes('qr_code')) {
    const detector = new native({ formats: ['qr_code'] });
    return async video => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const [{ prepareZXingModule, readBarcodes }, wasm] = await Promise.all([import('zxing-wasm/reader'), import('zxing-wasm/reader/zxing_reader.wasm?url')]);
  prepareZXingModule({ overrides: { locateFile: () => wasm.default } });
  const canvas = document.createElement('canvas');
  return async video => {
    if (video.videoWidth === 0) return null;
    canvas.width = Math.min(WIDTH, video.videoWidth);
    canvas.height = Math.round((video.videoHeight * canvas.width) / video.videoWidth);
    const paper = canvas.getContext('2d', { willReadFrequently: true });
    if (paper === null) return null;
    paper.drawImage(video, 0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(paper.getImageData(0, 0, canvas.width, canvas.height), { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 });
    return found[0]?.text ?? null;
  };
}
