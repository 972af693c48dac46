import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { paperStyles } from './paper-styles.ts';

const { resolve } = createRequire(import.meta.url);
/** As wide and as high as Arial, for which the pictures are measured; of our own, so that a picture is the same on every machine. */
const FONTS = ['400Regular/Arimo_400Regular', '700Bold/Arimo_700Bold'];
/** Dots for each unit of a picture: sharp on paper. */
const SCALE = 3;

/** A picture as a file of dots, and its size in units of the picture. */
export interface Drawn {
  png: Uint8Array;
  width: number;
  height: number;
}

let ready: Promise<(svg: string) => Drawn> | undefined;

/** What draws pictures of ours in dots; brought up once. */
export function drawer(): Promise<(svg: string) => Drawn> {
  ready ??= begun();
  return ready;
}

async function begun() {
  await initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const fontBuffers = FONTS.map((name) => readFileSync(resolve(`@expo-google-fonts/arimo/${name}.ttf`)));
  const style = `<style>${paperStyles()}</style>`;
  return (svg: string): Drawn => {
    const picture = new Resvg(svg.replace(/(<svg[^>]*>)/, `$1${style}`), {
      background: '#fff',
      fitTo: { mode: 'zoom', value: SCALE },
      font: { fontBuffers, defaultFontFamily: 'Arimo', sansSerifFamily: 'Arimo' },
    });
    const { width, height } = picture;
    const png = picture.render().asPng();
    picture.free();
    return { png, width, height };
  };
}
