/*
 * How the app is built. Its one rule: the build fails when the first load grows past what a bad line can carry
 * (60 KB of JavaScript, 12 KB of CSS, gzipped). The build id is a hash of the sources, so the same sources give the same bytes.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

const web = fileURLToPath(new URL('.', import.meta.url));
const root = join(web, '..');
const KILOBYTE = 1024;
const FIRST_LOAD = { js: 60 * KILOBYTE, css: 12 * KILOBYTE };

export default defineConfig({
  root: web,
  define: { __BUILD__: JSON.stringify(buildId()) },
  build: {
    outDir: join(web, 'dist'),
    emptyOutDir: true,
    target: ['es2022', 'safari16.4', 'chrome110', 'firefox115'],
    modulePreload: false, // all files lie on the phone: nothing to hurry
    assetsInlineLimit: 0, // a data: address would need a hole in the CSP
    reportCompressedSize: false,
    // One file for all that the first screen needs: it packs better, and is there whole or not at all.
    // What only a desk needs says so in its name, and the worker leaves it on the server.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
        chunkFileNames: ({ moduleIds }) => `assets/${moduleIds.some(id => id.includes('/src/admin/')) ? 'desk-' : ''}[name]-[hash].js`,
        // The phone has one sheet of styles, that of the page itself: every other sheet is the desk's.
        assetFileNames: ({ names, originalFileNames }) =>
          `assets/${names.some(name => name.endsWith('.css')) && !originalFileNames.includes('index.html') ? 'desk-' : ''}[name]-[hash][extname]`,
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:8000' } },
  plugins: [
    preact({ reactAliasesEnabled: false }),
    firstLoadLimit(),
    process.env['VITEST'] === undefined &&
      VitePWA({
        strategies: 'injectManifest',
        srcDir: 'sw',
        filename: 'sw.ts',
        registerType: 'prompt',
        includeManifestIcons: false,
        injectRegister: false, // device/updates registers it: the update policy is ours
        injectManifest: {
          globPatterns: ['**/*.{html,js,css,svg,wasm,webmanifest}'], // the PNGs are the phone's own business
          globIgnores: ['assets/desk-*'],
          maximumFileSizeToCacheInBytes: 2_000 * KILOBYTE,
          rollupFormat: 'iife',
        },
        manifest: {
          id: '/',
          name: 'Stormlykta',
          short_name: 'Stormlykta',
          description: 'Checklistor, kontakter och loggbok som fungerar när inget annat gör det.',
          lang: 'sv',
          dir: 'ltr',
          start_url: '/',
          scope: '/',
          display: 'standalone',
          theme_color: '#12304f',
          background_color: '#12304f',
          categories: ['productivity', 'utilities'],
          icons: [
            { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
            { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
            { src: '/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
            { src: '/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          ],
          shortcuts: [
            { name: 'Krispärm', url: '/#/krisparm' },
            { name: 'Kontakter', url: '/#/kontakter' },
          ],
        },
      }),
  ],
  test: { dir: join(root, 'tests/web'), include: ['**/*.test.{ts,tsx}'] },
});

function buildId(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const hash = createHash('sha256');
  const sources = ['index.html', 'vite.config.ts', 'src', 'sw', 'public'].flatMap(name => filesUnder(join(web, name)));
  for (const file of [...sources, join(root, 'package-lock.json')].sort()) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return `${version}+${hash.digest('hex').slice(0, 10)}`;
}

function filesUnder(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap(name => filesUnder(join(path, name))) : [path];
}

/** Weighs what a phone must have before it can draw: the entry, everything it imports statically, and their CSS. */
function firstLoadLimit(): Plugin {
  return {
    name: 'stormlykta-first-load',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const needed = new Set<string>();
        const visit = (name: string): void => {
          const file = bundle[name];
          if (needed.has(name) || file?.type !== 'chunk') return;
          needed.add(name);
          file.viteMetadata?.importedCss.forEach(css => needed.add(css));
          file.imports.forEach(visit);
        };
        for (const [name, file] of Object.entries(bundle)) if (file.type === 'chunk' && file.isEntry) visit(name);
        const weight = { js: 0, css: 0 };
        for (const name of needed) {
          const file = bundle[name];
          if (file !== undefined)
            weight[name.endsWith('.css') ? 'css' : 'js'] += gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length;
        }
        const words = (['js', 'css'] as const).map(kind => `${kind} ${(weight[kind] / KILOBYTE).toFixed(1)} of ${FIRST_LOAD[kind] / KILOBYTE} KB`).join(', ');
        if (weight.js > FIRST_LOAD.js || weight.css > FIRST_LOAD.css) this.error(`First load too heavy (gzip): ${words}`);
        this.info(`First load (gzip): ${words}`);
      },
    },
  };
}
