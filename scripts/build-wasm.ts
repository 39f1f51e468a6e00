import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main as compile } from 'assemblyscript/asc';

const source = new URL('../assembly/inner-loops.ts', import.meta.url);
const target = new URL('../src/modules/search/packed/inner-loops.generated.ts', import.meta.url);

/** The module text that belongs to the source as it is now. */
export async function buildWasm(): Promise<string> {
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];
  const files = new Map<string, string | Uint8Array>();
  const { error } = await compile(['inner-loops.ts', ...options, '--outFile', 'inner-loops.wasm'], {
    readFile: (name) => (name === 'inner-loops.ts' ? readFile(source, 'utf8') : null),
    writeFile: (name, contents) => void files.set(name, contents),
    listFiles: () => [],
  });
  const bytes = files.get('inner-loops.wasm');
  if (error !== null || !(bytes instanceof Uint8Array)) throw error ?? new Error('AssemblyScript wrote no module');
  return [
    '// Made from assembly/inner-loops.ts by `npm run build:wasm`.',
    `export const innerLoopsWasm = '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await buildWasm();
  await writeFile(target, text);
  console.log(`${fileURLToPath(target)}: ${text.length} characters`);
}
