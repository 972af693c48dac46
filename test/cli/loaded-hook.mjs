// Says of each module that a process loads where it is from: `node --import` this file.
import { register } from 'node:module';

register(
  `data:text/javascript,${encodeURIComponent(`
    import { writeSync } from 'node:fs';
    export async function load(url, context, next) {
      writeSync(2, 'loaded ' + url + '\\n');
      return next(url, context);
    }
  `)}`,
);
