import {readFile, readdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {brotliCompress, constants, gzip} from 'node:zlib'
import react from '@vitejs/plugin-react'
import {defineConfig, type Plugin} from 'vite'

// The service sends each file in the smallest form that the browser takes; nothing is compressed while serving.
function compressed(): Plugin {
  const small = 512
  return {
    name: 'compressed',
    apply: 'build',
    async closeBundle() {
      const dir = join(import.meta.dirname, 'dist', 'assets')
      for (const name of await readdir(dir)) {
        const body = await readFile(join(dir, name))
        if (body.length < small) continue
        await writeFile(join(dir, name + '.br'),
          await promisify(brotliCompress)(body, {params: {[constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY}}))
        await writeFile(join(dir, name + '.gz'), await promisify(gzip)(body, {level: constants.Z_BEST_COMPRESSION}))
      }
    },
  }
}

export default defineConfig({
  base: '/work/',
  plugins: [react(), compressed()],
  // web.go puts each answer's nonce in this word's place
  html: {cspNonce: 'NONCE-OF-THIS-ANSWER'},
  build: {
    target: 'chrome109', // the last one for the old PCs of the points
    outDir: 'dist',
    emptyOutDir: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    chunkSizeWarningLimit: 1000,
  },
  server: {
    // for work on the pages: npm run dev, beside `baimi run`
    proxy: {'/api': {target: process.env.BAIMI_URL ?? 'http://127.0.0.1:8080', changeOrigin: false}},
  },
})
